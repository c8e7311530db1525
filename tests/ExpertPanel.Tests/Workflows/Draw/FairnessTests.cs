using ExpertPanel.Benchmarks.Fairness;
using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

/// <summary>The study of docs/adr/0007 in small, with fixed seeds; the whole of it is a benchmark (<c>--only draw</c>).</summary>
public sealed class FairnessTests
{
    private static readonly IReadOnlyList<int> ByDefault = Walk.SeedRules.Tickets;

    [Theory]
    [InlineData(30)]
    [InlineData(46)]
    [InlineData(60)]
    public void Among_equals_of_one_seat_class_a_year_spreads_by_at_most_two_and_a_half(int experts)
    {
        var year = FairnessStudy.Distribution(EqualsClass.Of(experts), ByDefault, 1000, LoadCount.Year);
        Assert.InRange(year.Spread + (3 * year.SpreadError), 1, FairnessStudy.MostOfClass);
        Assert.InRange(year.Gini, 0.01, 0.2);
        Assert.True(year.LeastChance > 0);
    }

    [Fact]
    public void Over_the_whole_bank_as_one_class_a_year_spreads_by_at_most_four_point_three()
    {
        var year = FairnessStudy.Distribution(EqualsClass.WholeBank, ByDefault, 60, LoadCount.Year);
        Assert.InRange(year.Spread + (3 * year.SpreadError), 1, FairnessStudy.MostOfBank);
        Assert.True(year.LeastChance > 0);
    }

    [Fact]
    public void Pure_chance_and_a_window_that_moves_on_would_miss_it()
    {
        Assert.InRange(FairnessStudy.Distribution(EqualsClass.Of(46), [1], 300, LoadCount.Year).Spread, 5.0, 5.6);
        Assert.InRange(FairnessStudy.Distribution(EqualsClass.Of(60), ByDefault, 300, LoadCount.Window).Spread, 3.0, 4.0);
        Assert.InRange(FairnessStudy.Distribution(EqualsClass.Of(60), [16, 4, 1], 1000, LoadCount.Year).Spread, FairnessStudy.MostOfClass, 2.8);
    }

    [Fact]
    public void The_engine_itself_gives_the_same_years()
    {
        var of = EqualsClass.Of(46);
        var engine = FairYears.Measure(of, ByDefault, 15, LoadCount.Year, EngineYears.Draw(of, ByDefault, new SeededChance(11)));
        var distribution = FairnessStudy.Distribution(of, ByDefault, 1000, LoadCount.Year);
        var error = Math.Sqrt((engine.SpreadError * engine.SpreadError) + (distribution.SpreadError * distribution.SpreadError));
        Assert.InRange(engine.Spread, distribution.Spread - (4 * error), distribution.Spread + (4 * error));
        Assert.InRange(engine.Gini, distribution.Gini - 0.02, distribution.Gini + 0.02);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(41)]
    [InlineData(81)]
    public void No_ruse_raises_the_own_chance_on_a_target_beyond_an_equal_share(int before)
    {
        foreach (var ruse in Enum.GetValues<Ruse>())
        {
            var figures = Ruses.Measure(ruse, byRule: true, 46, before, 1500, ByDefault, new SeededChance(5));
            Assert.InRange(figures.Chance, 1e-9, figures.EqualShare * 1.1); // the honest case is an equal share; the rest is the error of 1,500 years
        }
    }

    [Theory]
    [InlineData("Declines")]
    [InlineData("KeepsAway")]
    public void Without_the_rules_the_same_ruse_would_pay_many_times(string ruse)
    {
        var figures = Ruses.Measure(Enum.Parse<Ruse>(ruse), byRule: false, 46, 81, 500, ByDefault, new SeededChance(5));
        Assert.InRange(figures.Chance, figures.EqualShare * 3, 1);
    }

    [Fact]
    public void Who_edits_the_own_specialties_has_the_chance_of_whoever_holds_them()
    {
        const int draws = 3000;
        Candidate[] bank = [.. Enumerable.Range(0, 60).Select(i => EngineYears.Equal(i, i % 3 == 0 ? ["land", "tax"] : i % 3 == 1 ? ["land"] : ["tax"]))];
        var input = EngineYears.Input(bank, [new("s1", ["land"]), new("s2", ["tax"]), new("s3", [])], ByDefault);
        var chance = new SeededChance(3);
        var seated = bank.ToDictionary(one => one.Id, _ => 0);
        for (var i = 0; i < draws; i++)
            foreach (var seat in DrawEngine.Run(input with { Secret = EngineYears.Secret(chance) }).Panel) seated[seat.Id]++;

        var given = (1 / 40.0) + (1 / 40.0) + (1 / 60.0); // what the three seats' eligible numbers give to one who fits them all
        var (edited, honest) = (seated["E0000"] / (double)draws, bank.Where((_, i) => i % 3 == 0).Skip(1).Average(one => seated[one.Id]) / draws);
        var error = Math.Sqrt(given / draws);
        Assert.InRange(edited, honest - (4 * error), honest + (4 * error));
        Assert.InRange(honest, 0.001, given);
        Assert.InRange(edited, 0.001, given + (4 * error));
    }

    [Fact]
    public void Everybody_eligible_can_be_drawn_unless_no_full_panel_holds_him()
    {
        Candidate[] bank =
        [
            EngineYears.Equal(1, ["land"], "甲"), EngineYears.Equal(2, ["land"], "乙"), EngineYears.Equal(3, ["tax"], "甲"),
            EngineYears.Equal(4, ["tax", "land"], "丙"), EngineYears.Equal(5, ["labour"], "丁"), EngineYears.Equal(6, [], "戊"),
        ];
        Assert.Empty(SeatReach.Unseatable(EngineYears.Input(bank, [new("s1", ["land"]), new("s2", [])], ByDefault)));

        // The only one for labour works with 5 at the employer who may send one: 7 can never sit.
        Candidate[] colleagues = [.. bank, EngineYears.Equal(7, ["land"], "丁")];
        var input = EngineYears.Input(colleagues, [new("s1", ["land"]), new("s2", ["labour"])], ByDefault);
        Assert.Equal(["E0007"], SeatReach.Unseatable(input));
        var chance = new SeededChance(4);
        var seen = new HashSet<string>();
        for (var i = 0; i < 400; i++)
            seen.UnionWith(DrawEngine.Run(input with { Secret = EngineYears.Secret(chance) }).Panel.Select(seat => seat.Id));
        Assert.Equal(["E0001", "E0002", "E0004", "E0005"], seen.Order());

        Assert.Equal(5, SeatReach.Unseatable(EngineYears.Input(bank, [new("s1", ["land", "tax", "labour"]), new("s2", ["criminal"])], ByDefault)).Count);
    }
}
