using ExpertPanel.Benchmarks.Fairness;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class DrawChancesTests
{
    private static IReadOnlyDictionary<string, double> Chances(IReadOnlyList<Candidate> pool, params IReadOnlyList<Seat> seats) =>
        DrawChances.Of(DrawEngine.Run(EngineYears.Input(pool, seats, [25, 5, 1])));

    private static Candidate Expert(int number, int recent, params string[] specialties) => EngineYears.Equal(number, specialties) with { RecentReviews = recent };

    [Fact]
    public void One_seat_is_shared_by_the_tickets()
    {
        var chances = Chances([Expert(1, 0), Expert(2, 1), Expert(3, 2)], new Seat("s1", []));
        Assert.Equal([("E0001", 25 / 31.0), ("E0002", 5 / 31.0), ("E0003", 1 / 31.0)], chances.Select(one => (one.Key, one.Value)).Order());
    }

    [Fact]
    public void The_expectations_of_a_draw_add_up_to_its_seats()
    {
        var pool = Enumerable.Range(0, 40).Select(i => Expert(i, i % 4, i % 2 == 0 ? "land" : "tax")).ToList();
        var chances = Chances(pool, new("s1", ["land"]), new("s2", ["tax"]), new("s3", []));
        Assert.Equal(40, chances.Count);
        Assert.Equal(3, chances.Values.Sum(), 9);
        Assert.All(chances.Values, chance => Assert.InRange(chance, 0.0001, 1));
    }

    [Fact]
    public void Nobody_expects_more_than_one_place_and_a_draw_that_seats_nobody_gives_none()
    {
        Assert.Equal(1, Chances([Expert(1, 0, "land", "tax"), Expert(2, 0, "land"), Expert(3, 0, "tax")], new Seat("s1", ["land"]), new Seat("s2", ["tax"]))["E0001"]);
        Assert.Empty(Chances([Expert(1, 0, "land")], new Seat("s1", ["land"]), new Seat("s2", ["tax"])));
    }

    [Fact]
    public void Evenness_counts_the_spread_and_Ginis_measure()
    {
        Assert.Equal(new Evenness(4, 8, 2, 2, 0), Evenness.Of([2, 2, 2, 2]));
        var uneven = Evenness.Of([0, 0, 0, 4]);
        Assert.Equal((4, 1.0, 0.75), (uneven.Spread, uneven.Mean, uneven.Gini));
        Assert.Equal(0.25, Evenness.Of([1, 3]).Gini);
        Assert.Equal(new Evenness(0, 0, 0, 0, 0), Evenness.Of([]));
        Assert.Equal(0, Evenness.Of([0, 0]).Gini);
    }
}
