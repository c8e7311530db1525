using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Server.Processes;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Takes mails from the mailbox as they come. A mail leaves the mailbox only after its row is committed.</summary>
public sealed class InboxWorker(IMailSource source, InboxRunner inbox, TimeProvider clock, ILogger<InboxWorker> log) : BackgroundService
{
    /// <summary>What a server forgot to announce, or a connection that died could not, is found this much later.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync("The inbox", RoundAsync, clock, log, stoppingToken);

    private async Task<int> RoundAsync(CancellationToken ct)
    {
        if (await source.FetchAsync(ReceiveAsync, ct) is > 0 and var taken) return taken;
        await source.WaitAsync(LongestWait, ct);
        return await source.FetchAsync(ReceiveAsync, ct); // At once: whoever looks at the desk is waiting.
    }

    /// <summary>One mail: received, and where it goes from the mailbox.</summary>
    public async Task<MailPlace> ReceiveAsync(ArrivedMail mail, CancellationToken ct)
    {
        var received = await inbox.ReceiveAsync(mail, ct);
        return received.Reason == InboundMailRow.StateSecret ? MailPlace.Nowhere : received.Kind is "unreadable" or "oversized" ? MailPlace.Quarantine : MailPlace.Processed;
    }
}
