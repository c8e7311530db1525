using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Server.Processes;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Takes mails from the mailbox as they come. A mail leaves the mailbox only after its row is committed.</summary>
public sealed class InboxWorker(IMailSource source, InboxRunner inbox, TimeProvider clock, ILogger<InboxWorker> log) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync("The inbox", RoundAsync, clock, log, stoppingToken);

    private async Task<int> RoundAsync(CancellationToken ct)
    {
        var taken = await source.FetchAsync(ReceiveAsync, ct);
        if (taken == 0) await source.WaitAsync(LongestWait, ct);
        return taken;
    }

    /// <summary>One mail: received, and where it goes from the mailbox.</summary>
    public async Task<MailPlace> ReceiveAsync(ArrivedMail mail, CancellationToken ct)
    {
        var received = await inbox.ReceiveAsync(mail, ct);
        return received.Reason == InboundMailRow.StateSecret ? MailPlace.Nowhere : received.Kind is "unreadable" or "oversized" ? MailPlace.Quarantine : MailPlace.Processed;
    }
}
