using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Screening;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Scans what waits for the virus scanner: files and mails, row by row.</summary>
public sealed class ScanWorker(FileRescan files, MailRescan mails, TimeProvider clock, ILogger<ScanWorker> log) : BackgroundService
{
    private const int MostInARound = 20;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync("The scanning", RoundAsync, clock, log, stoppingToken);

    private async Task<int> RoundAsync(CancellationToken ct) => await files.RunAsync(MostInARound, ct) + await mails.RunAsync(MostInARound, ct);
}
