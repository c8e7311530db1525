using System.Diagnostics;
using ExpertPanel.Benchmarks.Fairness;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Benchmarks;

/// <summary>What one draw costs on one core: time and memory taken, from the input as it is read.</summary>
internal static class DrawRate
{
    private static readonly Seat[] Seats = [new("s1", ["administrative"]), new("s2", ["environment", "administrative"]), new("s3", [], CommitteeMember: true)];

    public static object Measure(int experts, IReadOnlyList<int> tickets, int draws)
    {
        var input = EngineYears.Input([.. Bank(experts)], Seats, tickets);
        var chance = new SeededChance(7);
        for (var i = 0; i < Math.Min(draws, 200); i++) DrawEngine.Run(input with { Secret = EngineYears.Secret(chance) }); // Warm.
        var times = new List<double>(draws);
        var processor = Environment.CpuUsage.TotalTime;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < draws; i++)
        {
            var watch = Stopwatch.StartNew();
            DrawEngine.Run(input with { Secret = EngineYears.Secret(chance) });
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)draws;
        var used = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / draws;
        times.Sort();
        return new
        {
            what = "draw",
            experts,
            tickets,
            draws,
            medianMilliseconds = Math.Round(times[draws / 2], 3),
            p99Milliseconds = Math.Round(times[Math.Min(draws - 1, draws * 99 / 100)], 3),
            processorMilliseconds = Math.Round(used, 3), // the process's own, whatever else the machine does
            megabytesAllocated = Math.Round(allocated / 1024 / 1024, 2),
        };
    }

    private static IEnumerable<Candidate> Bank(int experts) => MadeUpBank.Of(SeedFiles.BesideProgram, experts, 17, new(2014, 9, 26)).Select(e => new Candidate(
        e.BankNumber, e.Name, e.Employer, e.FormerEmployers, e.Specialties, e.CommitteeMember, e.TermFrom, e.TermTo, OnLeave: false, OpenReviews: 0, RecentReviews: 0, [], []));
}
