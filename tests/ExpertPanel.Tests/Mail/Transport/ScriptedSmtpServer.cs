using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ExpertPanel.Tests.Mail.Transport;

/// <summary>What a server does instead of the ordinary, keyed by the command; "." is the end of the letter, "GREETING" the beginning.</summary>
/// <param name="Half">Ends in the middle of its answer.</param>
/// <param name="Drips">Answers for ever, one line after the other, and never comes to the last.</param>
/// <param name="Delay">Answers as ever, but later.</param>
public sealed record SmtpFault(string At, string? Reply = null, bool Die = false, bool Mute = false, bool Half = false, bool Drips = false, TimeSpan Delay = default);

/// <summary>An SMTP server of a hundred lines that fails exactly where a test says. Well-behaved servers are tested with real ones.</summary>
public sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock guard = new();
    private readonly List<TcpClient> clients = [];
    private readonly List<string> commands = [];
    private readonly List<string> letters = [];
    private readonly Task accepting;
    private readonly SmtpFault? fault;
    private readonly X509Certificate2? certificate;

    public ScriptedSmtpServer(SmtpFault? fault = null, bool implicitTls = false)
    {
        this.fault = fault;
        certificate = implicitTls ? SelfSigned() : null;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (guard) return [.. commands];
        }
    }

    public IReadOnlyList<string> Letters
    {
        get
        {
            lock (guard) return [.. letters];
        }
    }

    /// <summary>As a server does that is tired of an idle client.</summary>
    public void CloseConnections()
    {
        lock (guard)
            foreach (var client in clients)
                client.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting;
        listener.Stop();
        stopping.Dispose();
        listener.Dispose();
        certificate?.Dispose();
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
                lock (guard) clients.Add(client);
                talks.Add(TalkAsync(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            await using (var stream = await OpenAsync(client))
            {
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
                if (!await ServedAsync("GREETING", "220 scripted.test ESMTP", writer)) return;
                while (await reader.ReadLineAsync(stopping.Token) is { } line && await AnswerAsync(line, reader, writer))
                {
                }
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException or AuthenticationFailure)
        {
            // The client hung up, or the test is over.
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (certificate is null) return client.GetStream();
        var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            return tls;
        }
        catch (System.Security.Authentication.AuthenticationException refused)
        {
            await tls.DisposeAsync();
            throw new AuthenticationFailure(refused);
        }
    }

    private async Task<bool> AnswerAsync(string line, StreamReader reader, StreamWriter writer)
    {
        lock (guard) commands.Add(line);
        var verb = line.Split(' ', ':')[0].ToUpperInvariant();
        if (verb is "DATA" && fault?.At is not "DATA")
        {
            await writer.WriteLineAsync("354 go on");
            var letter = new StringBuilder();
            while (await reader.ReadLineAsync(stopping.Token) is { } text && text is not ".") letter.AppendLine(text);
            if (fault is not { At: ".", Reply: not null }) lock (guard) letters.Add(letter.ToString());
            verb = ".";
        }

        var ordinary = verb switch { "QUIT" => "221 bye", "EHLO" => "250-scripted.test\r\n250 AUTH PLAIN", _ => "250 ok" };
        return await ServedAsync(verb, ordinary, writer) && verb is not "QUIT";
    }

    /// <returns>False where the connection ends.</returns>
    private async Task<bool> ServedAsync(string verb, string ordinary, StreamWriter writer)
    {
        if (fault?.At != verb)
        {
            await writer.WriteLineAsync(ordinary);
            return true;
        }

        if (fault.Die) return false;
        if (fault.Mute) await Task.Delay(Timeout.Infinite, stopping.Token);
        await Task.Delay(fault.Delay, stopping.Token);
        if (fault.Half)
        {
            await writer.WriteAsync("25");
            return false;
        }

        while (fault.Drips)
        {
            await writer.WriteLineAsync(ordinary[..3] + "-and so on");
            await Task.Delay(50, stopping.Token);
        }

        await writer.WriteLineAsync(fault.Reply ?? ordinary);
        return fault.Reply?.StartsWith("421", StringComparison.Ordinal) != true;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }

    private sealed class AuthenticationFailure(Exception inner) : Exception(inner.Message, inner);
}
