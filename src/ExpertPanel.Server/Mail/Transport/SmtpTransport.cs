using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ExpertPanel.Server.Mail.Transport;

/// <summary>Letters by SMTP over one connection, kept open while letters follow each other. One letter at a time.</summary>
public sealed class SmtpTransport(SmtpOptions options, TimeProvider clock) : IMailTransport, IAsyncDisposable
{
    private const int ImplicitTlsPort = 465;

    private readonly SemaphoreSlim turn = new(1, 1);
    private SmtpClient? connection;
    private long lastUse;

    public async Task<DeliveryOutcome> SendAsync(MimeMessage message, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(message.MessageId)) throw new ArgumentException("A letter has its Message-ID before it is sent.", nameof(message));
        if (message.GetRecipients(onlyUnique: true).Count == 0) return new DeliveryOutcome.Failed("no-recipient");
        await turn.WaitAsync(ct);
        try
        {
            using var whole = CancellationTokenSource.CreateLinkedTokenSource(ct);
            whole.CancelAfter(options.WholeLetter);
            return await SendInTurnAsync(message, whole.Token, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        turn.Dispose();
    }

    private async Task<DeliveryOutcome> SendInTurnAsync(MimeMessage message, CancellationToken whole, CancellationToken ct)
    {
        var reused = connection is { IsConnected: true } && clock.GetElapsedTime(lastUse) < options.KeepOpen;
        var (body, connected) = (new BodyProgress(), false);
        try
        {
            var client = reused && connection is { } open ? open : await ConnectAsync(whole);
            connected = true;
            await client.SendAsync(message, whole, body);
            lastUse = clock.GetTimestamp();
            return new DeliveryOutcome.Accepted();
        }
        catch (Exception fault) when (SmtpFaults.IsOfTheConnection(fault))
        {
            await CloseAsync();
            // A server may have closed the idle connection; before the body has begun nothing can have been taken over.
            return reused && !body.Begun ? await SendInTurnAsync(message, whole, ct) : SmtpFaults.Classify(fault, body.Begun);
        }
        catch (SmtpCommandException refusal)
        {
            lastUse = clock.GetTimestamp();
            if (!connected || refusal.StatusCode is SmtpStatusCode.ServiceNotAvailable) await CloseAsync();
            return connected ? SmtpFaults.Classify(refusal) : SmtpFaults.OfConnecting(refusal);
        }
        catch (OperationCanceledException)
        {
            // Stopped in mid-dialogue: the connection's state is unknown.
            await CloseAsync();
            if (ct.IsCancellationRequested) throw;
            return SmtpFaults.Classify(new TimeoutException($"The letter took longer than {options.WholeLetter.TotalSeconds:0} s."), body.Begun);
        }
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken ct)
    {
        await CloseAsync();
        var client = new SmtpClient
        {
            Timeout = (int)options.Timeout.TotalMilliseconds,
            CheckCertificateRevocation = options.CheckCertificateRevocation,
        };
        connection = client;
        await client.ConnectAsync(await ReachAsync(ct), options.Host, options.Port, Security(), ct);
        if (options.UserName is { Length: > 0 } user) await client.AuthenticateAsync(user, options.Password ?? "", ct);
        return client;
    }

    /// <summary>Without Nagle's delay: a letter ends with a few bytes of their own, which would wait 40 ms for the other side's delayed acknowledgement.</summary>
    private async Task<Socket> ReachAsync(CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Timeout);
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, limit.Token);
            return socket;
        }
        catch (OperationCanceledException silent) when (!ct.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException("The server can't be reached.", silent);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private SecureSocketOptions Security()
    {
        if (options.ImplicitTls ?? options.Port == ImplicitTlsPort) return SecureSocketOptions.SslOnConnect;
        return options.AllowPlaintext ? SecureSocketOptions.StartTlsWhenAvailable : SecureSocketOptions.StartTls;
    }

    /// <summary>Without QUIT: politeness to a server that may not answer is not worth waiting for.</summary>
    private Task CloseAsync()
    {
        connection?.Dispose();
        connection = null;
        return Task.CompletedTask;
    }

    /// <summary>Once a byte of the body is out, a lost connection no longer tells whether the letter was taken over.</summary>
    private sealed class BodyProgress : ITransferProgress
    {
        public bool Begun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Begun = true;

        public void Report(long bytesTransferred) => Begun = true;
    }
}
