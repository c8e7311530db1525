using System.Diagnostics;
using System.Globalization;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Draw.Explanation;
using ExpertPanel.Workflows.Draw.Odds;

namespace ExpertPanel.Benchmarks;

/// <summary>What the chances and the explanation of one draw from 370 cost; the second run is measured.</summary>
public static class OddsRate
{
    public static object Measure()
    {
        var mixed = Input(employers: 60);
        var alone = Input(employers: 370);
        return new
        {
            name = "odds of 370",
            replays = Time(() => DrawOdds.Of(mixed)),
            exact = Time(() => DrawOdds.Of(alone)),
            explanation = Time(() => DrawExplanation.Of(DrawEngine.Run(mixed))),
            replayed = DrawOdds.Of(mixed).Replays,
            seats = Math.Round(DrawOdds.Of(mixed).Experts.Sum(one => one.Probability), 9),
        };
    }

    private static object Time<T>(Func<T> work)
    {
        _ = work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        _ = work();
        return new { seconds = Math.Round(watch.Elapsed.TotalSeconds, 4), megabytes = Math.Round((GC.GetAllocatedBytesForCurrentThread() - before) / 1e6, 1) };
    }

    private static DrawInput Input(int employers)
    {
        string[] specialties = ["administrative", "environment", "land", "labour", "tax", "civil", "criminal", "contract"];
        var pool = Enumerable.Range(1, 370).Select(i => new Candidate(
            string.Create(CultureInfo.InvariantCulture, $"E{i:0000}"), "专家", string.Create(CultureInfo.InvariantCulture, $"第{i * i % employers + (employers == 370 ? i : 0)}单位"),
            [], [specialties[i % 8], specialties[i * 7 % 5]], CommitteeMember: i % 21 == 0, new(2014, 1, 1), new(2018, 12, 31), OnLeave: false, OpenReviews: 0, RecentReviews: i % 4, [], []));
        Seat[] seats = [new("s1", [], CommitteeMember: true), new("s2", ["environment"]), new("s3", ["land", "administrative"]), new("s4", []), new("s5", [])];
        var reading = DrawInputComposer.Compose(
            new("620000-2014-0001", "示例", "省环保厅", [], [], []), seats, new(1, 5, [16, 4, 1]), new(2014, 9, 26, 9, 0, 0, TimeSpan.FromHours(8)), [.. pool], new string('0', 64));
        var frozen = reading.Input ?? throw new InvalidOperationException(string.Join("; ", reading.Problems));
        return DrawInputComposer.WithBeacon(frozen.Raw.GetRawText(), new("示例", "1", "c0ffee")).Input ?? throw new InvalidOperationException("The beacon was not taken.");
    }
}
