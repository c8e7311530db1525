using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ExpertPanel.Tests.Mail.Transport;

/// <summary>What goes wrong, at the Nth time (from 1) that a command comes; "FETCH BODY[]" is the download of a mail.</summary>
/// <param name="After">The command was carried out before the connection ends.</param>
/// <param name="Half">So much of the answer is still sent: a part of the bytes, then nothing.</param>
public sealed record ImapFault(string At, string? Reply = null, bool Die = false, bool After = false, bool Mute = false, bool Half = false, int Time = 1);

/// <summary>
/// An IMAP server of two hundred lines that fails exactly where a test says, and lacks what a test says. Well-behaved servers are tested
/// with a real one. It keeps its mails between connections; nothing else.
/// </summary>
public sealed class ScriptedImapServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock guard = new();
    private readonly List<string> commands = [];
    private readonly List<TcpClient> clients = [];
    private readonly List<StoredMail> mails = [];
    private readonly HashSet<string> folders = ["Processed", "Quarantine"];
    private readonly Dictionary<string, int> times = new(StringComparer.Ordinal);
    private readonly Task accepting;
    private uint next = 1;

    public ScriptedImapServer(params IReadOnlyList<ImapFault> faults)
    {
        Faults = faults;
        listener.Start();
        accepting = AcceptAsync();
    }

    public IReadOnlyList<ImapFault> Faults { get; }

    public string Capabilities { get; init; } = "IMAP4rev1 IDLE MOVE UIDPLUS";

    /// <summary>As 163.com: no folder opens for a client that has not said who it is.</summary>
    public bool AsksForId { get; init; }

    /// <summary>What it says a mail's size is, instead of the truth.</summary>
    public int? ClaimedSize { get; init; }

    /// <summary>Sends all of a mail, however little was asked for.</summary>
    public bool IgnoresLimits { get; init; }

    /// <summary>Whoever downloads this mail loses the connection.</summary>
    public int? DeadlyUid { get; init; }

    /// <summary>New mails are not announced to a waiting client.</summary>
    public bool KeepsQuiet { get; init; }

    public uint UidValidity { get; set; } = 1;

    public int Connections { get; private set; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (guard) return [.. commands];
        }
    }

    public int Add(string text)
    {
        lock (guard) mails.Add(new(next++, Encoding.UTF8.GetBytes(text)));
        return (int)next - 1;
    }

    public int CountIn(string folder)
    {
        lock (guard) return mails.Count(mail => mail.Folder == folder);
    }

    public void Remove(int uid)
    {
        lock (guard) mails.RemoveAll(mail => mail.Uid == uid);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting;
        listener.Stop();
        stopping.Dispose();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                Connections++;
                clients.Add(client);
                talks.Add(TalkAsync(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            clients.ForEach(client => client.Dispose());
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
                var session = new Session(reader, writer);
                await writer.WriteLineAsync($"* OK [CAPABILITY {Capabilities}] ready");
                while (await reader.ReadLineAsync(stopping.Token) is { } line && await AnswerAsync(session, line))
                {
                }
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client hung up, or the test is over.
        }
    }

    /// <returns>False where the connection ends.</returns>
    private async Task<bool> AnswerAsync(Session session, string line)
    {
        var (tag, rest) = (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var name = NameOf(rest);
        ImapFault? fault;
        lock (guard)
        {
            commands.Add(rest);
            var time = times[name] = times.GetValueOrDefault(name) + 1;
            fault = Faults.FirstOrDefault(one => one.At == name && (one.Time == time || one.Time == 0));
        }

        if (fault is { Die: true, After: false } || (name is "FETCH BODY[]" && rest.Split(' ')[2] == DeadlyUid?.ToString(CultureInfo.InvariantCulture))) return false;
        if (fault is { Mute: true }) await Task.Delay(Timeout.Infinite, stopping.Token);
        if (fault is { Reply: { } reply })
        {
            await session.Writer.WriteLineAsync($"{tag} {reply}");
            return true;
        }

        var answer = Act(session, tag, name, rest);
        if (fault is { Die: true }) return false;
        if (fault is { Half: true })
        {
            await session.Writer.WriteAsync(answer[..(answer.Length / 2)]);
            return false;
        }

        await session.Writer.WriteAsync(answer);
        if (name is "IDLE") return await IdleAsync(session, tag);
        return name is not "LOGOUT";
    }

    private async Task<bool> IdleAsync(Session session, string tag)
    {
        var shown = CountIn("INBOX");
        var done = session.Reader.ReadLineAsync(stopping.Token).AsTask();
        while (await Task.WhenAny(done, Task.Delay(50, stopping.Token)) != done)
        {
            if (KeepsQuiet || CountIn("INBOX") is var now && now <= shown) continue;
            shown = now;
            await session.Writer.WriteLineAsync(FormattableString.Invariant($"* {now} EXISTS"));
        }

        if (await done is not { } line) return false;
        lock (guard) commands.Add(line);
        if (Faults.Any(fault => fault is { At: "DONE", Mute: true })) await Task.Delay(Timeout.Infinite, stopping.Token);
        await session.Writer.WriteLineAsync($"{tag} OK done");
        return true;
    }

    private static string NameOf(string rest)
    {
        var words = rest.Split(' ', 3);
        if (words[0] is not "UID") return words[0].ToUpperInvariant();
        return words[1] is "FETCH" && rest.Contains("BODY", StringComparison.Ordinal) ? "FETCH BODY[]" : words[1].ToUpperInvariant();
    }

    private string Act(Session session, string tag, string name, string rest)
    {
        var ok = $"{tag} OK done\r\n";
        lock (guard)
        {
            switch (name)
            {
                case "CAPABILITY": return $"* CAPABILITY {Capabilities}\r\n{ok}";
                case "ID":
                    session.Identified = true;
                    return $"* ID NIL\r\n{ok}";
                case "LIST" when rest.EndsWith("\"\" \"\"", StringComparison.Ordinal): return $"* LIST (\\Noselect) \"/\" \"\"\r\n{ok}";
                case "LIST":
                    var asked = rest.Split('"', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
                    return asked == "INBOX" || folders.Contains(asked) ? $"* LIST () \"/\" {asked}\r\n{ok}" : ok;
                case "CREATE":
                    folders.Add(rest.Split(' ')[1].Trim('"'));
                    return ok;
                case "SELECT" when AsksForId && !session.Identified: return $"{tag} NO SELECT Unsafe Login. Please contact kefu@188.com for help\r\n";
                case "SELECT": return FormattableString.Invariant($"* {Inbox().Count} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Deleted \\Seen)\r\n* OK [PERMANENTFLAGS (\\Deleted \\Seen)]\r\n* OK [UIDVALIDITY {UidValidity}]\r\n* OK [UIDNEXT {next}]\r\n{tag} OK [READ-WRITE] done\r\n");
                case "NOOP": return FormattableString.Invariant($"* {Inbox().Count} EXISTS\r\n{ok}");
                case "SEARCH": return $"* SEARCH {string.Join(' ', Inbox().Select(mail => mail.Uid))}\r\n{ok}";
                case "FETCH": return string.Concat(Inbox().Select((mail, at) => FormattableString.Invariant($"* {at + 1} FETCH (UID {mail.Uid} FLAGS ({(mail.Deleted ? "\\Deleted" : "")}) INTERNALDATE \"26-Sep-2014 09:00:00 +0800\" RFC822.SIZE {ClaimedSize ?? mail.Raw.Length})\r\n"))) + ok;
                case "FETCH BODY[]": return Download(rest) + ok;
                case "MOVE" or "COPY": return Take(rest, name is "COPY") + ok;
                case "STORE":
                    foreach (var mail in Named(rest)) mail.Deleted = true;
                    return ok;
                case "EXPUNGE": return Gone(mail => mail.Deleted && (!rest.StartsWith("UID", StringComparison.Ordinal) || Named(rest).Contains(mail))) + ok;
                case "IDLE": return "+ idling\r\n";
                case "LOGOUT": return $"* BYE\r\n{ok}";
                default: return ok;
            }
        }
    }

    private List<StoredMail> Inbox() => mails.FindAll(mail => mail.Folder == "INBOX");

    private List<StoredMail> Named(string rest)
    {
        var uid = uint.Parse(rest.Split(' ')[2], CultureInfo.InvariantCulture);
        return Inbox().FindAll(mail => mail.Uid == uid);
    }

    private string Download(string rest)
    {
        if (Named(rest) is not [var mail]) return "";
        var text = Encoding.Latin1.GetString(mail.Raw);
        if (rest.Contains("HEADER", StringComparison.Ordinal)) text = text[..(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];
        var limit = int.Parse(rest[(rest.IndexOf("<0.", StringComparison.Ordinal) + 3)..].Split('>')[0], CultureInfo.InvariantCulture);
        if (!IgnoresLimits && text.Length > limit) text = text[..limit];
        var section = rest.Contains("HEADER", StringComparison.Ordinal) ? "HEADER" : "";
        return FormattableString.Invariant($"* {Inbox().IndexOf(mail) + 1} FETCH (UID {mail.Uid} BODY[{section}]<0> {{{text.Length}}}\r\n{text})\r\n");
    }

    private string Take(string rest, bool copies)
    {
        var folder = rest.Split(' ')[3].Trim('"');
        var taken = Named(rest);
        if (copies)
        {
            mails.AddRange(taken.ConvertAll(mail => new StoredMail(next++, mail.Raw) { Folder = folder }));
            return "";
        }

        var gone = Gone(taken.Contains);
        mails.AddRange(taken.ConvertAll(mail => new StoredMail(next++, mail.Raw) { Folder = folder }));
        return gone;
    }

    private string Gone(Predicate<StoredMail> which)
    {
        var lines = new StringBuilder();
        for (var at = 0; at < Inbox().Count;)
        {
            var mail = Inbox()[at];
            if (!which(mail))
            {
                at++;
                continue;
            }

            mails.Remove(mail);
            lines.Append(CultureInfo.InvariantCulture, $"* {at + 1} EXPUNGE\r\n");
        }

        return lines.ToString();
    }

    private sealed record Session(StreamReader Reader, StreamWriter Writer)
    {
        public bool Identified { get; set; }
    }

    private sealed record StoredMail(uint Uid, byte[] Raw)
    {
        public string Folder { get; init; } = "INBOX";

        public bool Deleted { get; set; }
    }
}
