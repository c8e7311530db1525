using ExpertPanel.Server.Processes;

namespace ExpertPanel.Server.Mail.Outbox;

/// <summary>Sends letters as they fall due.</summary>
public sealed class OutboxWorker(OutboxRunner outbox, TimeProvider clock, ILogger<OutboxWorker> log) : BackgroundService
{
    private const int MostInARound = 50;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        WorkLoop.RunAsync("The outbox", ct => outbox.SendDueAsync(MostInARound, ct), clock, log, stoppingToken);
}
