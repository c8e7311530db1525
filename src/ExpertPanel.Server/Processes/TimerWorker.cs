namespace ExpertPanel.Server.Processes;

/// <summary>Puts the questions that fall due.</summary>
public sealed class TimerWorker(TimerRunner timers, TimeProvider clock, ILogger<TimerWorker> log) : BackgroundService
{
    private const int MostInARound = 50;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        WorkLoop.RunAsync("The timers", ct => timers.FireDueAsync(MostInARound, ct), clock, log, stoppingToken);
}
