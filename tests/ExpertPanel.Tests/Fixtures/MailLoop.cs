using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ExpertPanel.Server.Mail.Transport;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Fixtures;

/// <summary>
/// A real mail server in a folder of its own: Exim takes letters by SMTP and hands them to Dovecot, which files them, answers for who is
/// away, and serves IMAP. Free ports of the loopback, no privileges; as root the servers run as nobody.
/// </summary>
public sealed class MailLoop : IAsyncDisposable
{
    private static readonly string[] Programs = ["/usr/sbin/exim4", "/usr/sbin/dovecot", "/usr/lib/dovecot/lmtp", "/usr/lib/dovecot/modules/lib90_sieve_plugin.so", "/usr/bin/setpriv"];

    private readonly MailLoopConfiguration settings;
    private readonly List<Process> servers = [];
    private readonly ConcurrentQueue<string> complaints = new();

    private MailLoop(MailLoopConfiguration settings) => this.settings = settings;

    public int SmtpPort => settings.SmtpPort;

    public int ImapPort => settings.ImapPort;

    /// <summary>Skips the running test where the servers are not installed; in CI that is a failure instead.</summary>
    public static async Task<MailLoop> StartAsync(CancellationToken ct)
    {
        var missing = Array.Find(Programs, program => !File.Exists(program));
        if (missing is not null && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail($"{missing} is missing: apt-get install exim4-daemon-light dovecot-imapd dovecot-lmtpd dovecot-sieve");
        Assert.SkipWhen(missing is not null, $"{missing} is not installed.");

        var user = Environment.IsPrivilegedProcess ? "nobody" : Environment.UserName;
        var group = Environment.IsPrivilegedProcess ? "nogroup" : await OutputAsync("id", ["-gn"], ct);
        var ports = FreePorts(3);
        var loop = new MailLoop(new MailLoopConfiguration(Directory.CreateTempSubdirectory("expertpanel-loop-").FullName, user, group, ports[0], ports[1], ports[2]));
        try
        {
            await loop.LaunchAsync(ct);
            return loop;
        }
        catch
        {
            await loop.DisposeAsync();
            throw;
        }
    }

    public SmtpOptions Smtp() => new() { Host = "127.0.0.1", Port = SmtpPort, AllowPlaintext = true, Timeout = TimeSpan.FromSeconds(20) };

    public ImapOptions Imap(string mailbox = "opinions@panel.test") =>
        new() { Host = "127.0.0.1", Port = ImapPort, UserName = mailbox, Password = MailLoopConfiguration.Password, AllowPlaintext = true, Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Sends as a client does; the envelope may differ from what the letter says.</summary>
    public async Task DeliverAsync(MimeMessage message, string from, string to, CancellationToken ct)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", SmtpPort, SecureSocketOptions.None, ct);
        await client.SendAsync(message, new MailboxAddress(name: null, from), [new MailboxAddress(name: null, to)], ct);
        await client.DisconnectAsync(quit: true, ct);
    }

    /// <summary>Puts bytes into a mailbox that no server would have let through.</summary>
    public async Task DropAsync(string mailbox, byte[] raw, CancellationToken ct)
    {
        var name = $"{Guid.CreateVersion7():N}.loop";
        var arriving = Path.Combine(Maildir(mailbox), "tmp", name);
        await File.WriteAllBytesAsync(arriving, raw, ct);
        await OwnAsync(arriving, ct);
        File.Move(arriving, Path.Combine(Maildir(mailbox), "new", name));
    }

    /// <summary>Many at once, in this order.</summary>
    public async Task DropAllAsync(string mailbox, IEnumerable<byte[]> raws, CancellationToken ct)
    {
        var (names, arriving) = (new List<string>(), Path.Combine(Maildir(mailbox), "tmp"));
        foreach (var raw in raws)
        {
            names.Add($"{Guid.CreateVersion7():N}.loop");
            await File.WriteAllBytesAsync(Path.Combine(arriving, names[^1]), raw, ct);
        }

        await OwnAsync(arriving, ct);
        foreach (var name in names) File.Move(Path.Combine(arriving, name), Path.Combine(Maildir(mailbox), "new", name));
    }

    /// <summary>How many mails a mailbox's folder holds; the inbox has no name.</summary>
    public int CountIn(string mailbox, string folder = "") => new[] { "new", "cur" }
        .Select(part => Path.Combine(Maildir(mailbox), folder.Length == 0 ? "" : "." + folder, part)).Where(Directory.Exists).Sum(part => Directory.EnumerateFiles(part).Count());

    /// <summary>Mails that Exim has taken over and not delivered yet.</summary>
    public int Undelivered => Directory.EnumerateFiles(Path.Combine(settings.Folder, "exim", "spool", "input"), "*-H", SearchOption.AllDirectories).Count();

    /// <summary>Ends the processes that serve clients in the middle of what they do; Dovecot starts others.</summary>
    public async Task KillImapAsync(CancellationToken ct) =>
        await OutputAsync("pkill", ["-KILL", "-P", servers[0].Id.ToString(CultureInfo.InvariantCulture), "-x", "imap|imap-login|lmtp"], ct);

    /// <summary>Throws the mailbox's clients out, as an administrator does.</summary>
    public Task KickAsync(string mailbox, CancellationToken ct) => OutputAsync("doveadm", ["-c", Path.Combine(settings.Folder, "dovecot.conf"), "kick", mailbox], ct);

    /// <summary>Forgets the numbering of a mailbox: the next client sees another UIDVALIDITY.</summary>
    public async Task RenumberAsync(string mailbox, CancellationToken ct)
    {
        // UIDVALIDITY counts seconds.
        await Task.Delay(TimeSpan.FromSeconds(1.1), ct);
        foreach (var file in Directory.GetFiles(Maildir(mailbox), "dovecot*")) File.Delete(file);
    }

    public async ValueTask DisposeAsync()
    {
        // TERM first, so that Dovecot takes its children along.
        foreach (var server in servers.Where(server => !server.HasExited)) await OutputAsync("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);
        foreach (var server in servers)
        {
            if (await Task.WhenAny(server.WaitForExitAsync(CancellationToken.None), Task.Delay(TimeSpan.FromSeconds(15))) is { IsCompletedSuccessfully: true } && !server.HasExited)
                server.Kill(entireProcessTree: true);
            server.Dispose();
        }

        servers.Clear();
        if (Directory.Exists(settings.Folder)) Directory.Delete(settings.Folder, recursive: true);
    }

    private string Maildir(string mailbox) => Path.Combine(settings.Folder, "users", mailbox, "Maildir");

    private async Task LaunchAsync(CancellationToken ct)
    {
        foreach (var folder in new[] { "dovecot/run", "dovecot/state", "exim/spool", "exim/log" }) Directory.CreateDirectory(Path.Combine(settings.Folder, folder));
        foreach (var mailbox in MailLoopConfiguration.Mailboxes)
            foreach (var folder in new[] { "cur", "new", "tmp" })
                Directory.CreateDirectory(Path.Combine(Maildir(mailbox), folder));
        await WriteAsync("users.passwd", settings.Passwords, ct);
        await WriteAsync("dovecot.conf", settings.Dovecot, ct);
        await WriteAsync("exim.conf", settings.Exim, ct);
        await WriteAsync("users/away@reviewer.test/.dovecot.sieve", MailLoopConfiguration.AwaySieve, ct);
        await OwnAsync(settings.Folder, ct);
        servers.Add(Launch("/usr/sbin/dovecot", "-F", "-c", Path.Combine(settings.Folder, "dovecot.conf")));
        servers.Add(Launch("/usr/sbin/exim4", "-C", Path.Combine(settings.Folder, "exim.conf"), "-bdf", "-q5s"));
        foreach (var port in new[] { settings.LmtpPort, settings.ImapPort, settings.SmtpPort }) await AnsweringAsync(port, ct);
    }

    private Task WriteAsync(string name, string text, CancellationToken ct) => File.WriteAllTextAsync(Path.Combine(settings.Folder, name), text, ct);

    private async Task OwnAsync(string path, CancellationToken ct)
    {
        if (Environment.IsPrivilegedProcess) await OutputAsync("chown", ["-R", $"{settings.User}:{settings.Group}", path], ct);
    }

    /// <summary>Without new privileges, for Exim's program file would make it root again.</summary>
    private Process Launch(string program, params string[] arguments)
    {
        string[] drop = Environment.IsPrivilegedProcess ? [$"--reuid={settings.User}", $"--regid={settings.Group}", "--clear-groups", "--no-new-privs"] : ["--no-new-privs"];
        var start = new ProcessStartInfo("setpriv", [.. drop, program, .. arguments]) { WorkingDirectory = settings.Folder, RedirectStandardInput = true, RedirectStandardError = true };
        var server = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        server.ErrorDataReceived += (_, line) => complaints.Enqueue(line.Data ?? "");
        server.BeginErrorReadLine();
        return server;
    }

    private async Task AnsweringAsync(int port, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (servers.Find(server => server.HasExited) is { } dead) Assert.Fail($"A mail server ended at once with {dead.ExitCode}: {string.Join(' ', complaints)}");
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    private static async Task<string> OutputAsync(string program, string[] arguments, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return output.Trim();
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.ConvertAll(listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        listeners.ForEach(listener => listener.Dispose());
        return [.. ports];
    }
}
