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

    private async Task<MailPlace> ReceiveAsync(ArrivedMail mail, CancellationToken ct)
    {
        var received = await inbox.ReceiveAsync(mail, ct);
        return received.Kind is "unreadable" or "oversized" ? MailPlace.Quarantine : MailPlace.Processed;
    }
}
