using System.Globalization;
using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Benchmarks.Fairness;

/// <summary>The same years drawn by the engine itself, to hold the shorter way to it.</summary>
internal static class EngineYears
{
    public static Func<int[], IReadOnlyList<int>> Draw(EqualsClass of, IReadOnlyList<int> tickets, SeededChance chance)
    {
        var input = Input([.. Enumerable.Range(0, of.Experts).Select(i => Equal(i, []))], [.. Enumerable.Range(1, of.Seats).Select(i => new Seat($"s{i}", []))], tickets);
        return loads =>
        {
            var transcript = DrawEngine.Run(input with
            {
                Pool = [.. input.Pool.Zip(loads, (expert, load) => expert with { RecentReviews = load })],
                Secret = Secret(chance),
            });
            return [.. transcript.Panel.Select(seat => int.Parse(seat.Id.AsSpan(1), CultureInfo.InvariantCulture))];
        };
    }

    public static Candidate Equal(int number, IReadOnlyList<string> specialties, string? employer = null) => new(
        string.Create(CultureInfo.InvariantCulture, $"E{number:0000}"), string.Create(CultureInfo.InvariantCulture, $"示例专家{number}"),
        employer ?? string.Create(CultureInfo.InvariantCulture, $"示例单位{number}"), [], specialties, CommitteeMember: true,
        new(2014, 1, 1), new(2018, 12, 31), OnLeave: false, OpenReviews: 0, RecentReviews: 0, [], []);

    public static DrawInput Input(IReadOnlyList<Candidate> pool, IReadOnlyList<Seat> seats, IReadOnlyList<int> tickets)
    {
        var reading = DrawInputComposer.Compose(
            new("620000-2014-0001", "示例事项", "示例省环保厅", ["示例热力有限公司"], [], []), seats, new(1, 5, tickets),
            new(2014, 9, 26, 9, 0, 0, TimeSpan.FromHours(8)), pool, new string('0', 64));
        var frozen = reading.Input ?? throw new InvalidOperationException(string.Join("; ", reading.Problems));
        return DrawInputComposer.WithBeacon(frozen.Raw.GetRawText(), new("示例", "1", "c0ffee")).Input ?? throw new InvalidOperationException("The beacon was not taken.");
    }

    public static string Secret(SeededChance chance) => string.Create(CultureInfo.InvariantCulture, $"{chance.Next():x16}{chance.Next():x16}{chance.Next():x16}{chance.Next():x16}");
}
