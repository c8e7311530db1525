using System.Diagnostics;
using ExpertPanel.Server.Simulation;

namespace ExpertPanel.Benchmarks;

/// <summary>The simulated year's steps per second beside bare inserts on the same kind of SQLite file in the same run, and the process's peak memory.</summary>
internal static class YearRate
{
    public static async Task<object> MeasureAsync(BenchDatabase database, int matters)
    {
        var before = await StepRate.BareInsertsAsync(database, callers: 1, count: 3000);
        var report = await YearSimulation.RunAsync(new(2014, matters, 370, 17, 1, null), CancellationToken.None);
        var after = await StepRate.BareInsertsAsync(database, callers: 1, count: 3000);
        var bare = (before + after) / 2;
        return new
        {
            what = "simulate",
            provider = "sqlite",
            report.Steps,
            report.Seconds,
            report.StepsPerSecond,
            bareInsertsPerSecond = Math.Round(bare),
            ratio = Math.Round(report.StepsPerSecond / bare, 3),
            peakMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024,
            report.Stuck,
            report.Audit,
        };
    }
}
