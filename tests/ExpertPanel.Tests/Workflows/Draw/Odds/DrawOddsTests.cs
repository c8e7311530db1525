using System.Globalization;
using System.Text.Json.Nodes;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Draw.Odds;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw.Odds;

public sealed class DrawOddsTests
{
    [Fact]
    public void The_chances_are_those_of_all_orders_together()
    {
        const int replays = 4000;
        var (exact, replayed, worst) = (0, 0, 0.0);
        foreach (var input in SmallDraws.Fixed(400, seats: 3, experts: 6))
        {
            var chances = OverAllOrders(input);
            foreach (var one in DrawOdds.Of(input, replays).Experts)
            {
                var difference = Math.Abs(one.Probability - chances.GetValueOrDefault(one.Id));
                if (one.IsExact)
                    worst = Math.Max(worst, difference);
                else
                    Assert.InRange(difference / one.StandardError, 0, 4.5);
                _ = one.IsExact ? exact++ : replayed++;
            }
        }

        Assert.InRange(worst, 0, 1e-10);
        Assert.True(exact > 300 && replayed > 100, $"{exact} exact, {replayed} replayed");
    }

    [Fact]
    public void One_seat_class_is_sampling_without_replacement()
    {
        var odds = DrawOdds.Of(DrawStage.Read(Pool(1, Expert("a", 0), Expert("b", 1), Expert("c", 1), Expert("d", 2))));

        Assert.Equal(0, odds.Replays);
        Assert.Equal([16, 4, 4, 1], odds.Experts.Select(one => one.Tickets));
        Assert.Equal([0.64, 0.16, 0.16, 0.04], odds.Experts.Select(one => Math.Round(one.Probability, 12)));
    }

    [Fact]
    public void Hundreds_of_equals_and_many_seats_share_the_seats_to_the_last_digit()
    {
        var odds = DrawOdds.Of(DrawStage.Read(Pool(9, [.. Enumerable.Range(0, 370).Select(i => Expert($"E{i:d3}", i % 5))])));

        Assert.All(odds.Experts, one => Assert.True(one.IsExact));
        Assert.Equal(9, odds.Experts.Sum(one => one.Probability), 1e-9);
        Assert.Equal(3, odds.Experts.Select(one => one.Probability).Distinct().Count()); // 16, 4 and 1 tickets
    }

    [Fact]
    public void A_small_ticket_among_great_ones_is_not_lost()
    {
        var odds = DrawOdds.Of(DrawStage.Read(Pool(3, [Expert("a", 0), Expert("b", 0), .. Enumerable.Range(0, 90).Select(i => Expert($"E{i}", 9))])));

        Assert.Equal(1 - Missed(3, 32 + 90, 1, 90), odds.Experts[0].Probability, 1e-12);
        Assert.Equal(3, odds.Experts.Sum(one => one.Probability), 1e-10);

        // The probability that so many further draws all go to b or to one of the small ones.
        static double Missed(int draws, double tickets, int great, int small) => draws == 0 ? 1
            : (great == 0 ? 0 : 16 / tickets * Missed(draws - 1, tickets - 16, 0, small)) + (small / tickets * Missed(draws - 1, tickets - 1, great, small - 1));
    }

    [Fact]
    public void Who_must_sit_and_who_never_can_are_exact_whatever_the_replays_say()
    {
        // The two of 甲 make it a draw for replays; "only" is the one expert for land, and "never" is his colleague.
        var odds = DrawOdds.Of(DrawStage.Read(DrawStage.Input(
            [DrawStage.Seat("land", false, "land"), DrawStage.Seat("any", false, "labour", "tax"), DrawStage.Seat("tax", false, "tax")],
            [
                DrawStage.Expert("only", "乙", "land"), DrawStage.Expert("never", "乙", "labour"), DrawStage.Expert("a", "甲", "labour"),
                DrawStage.Expert("b", "甲", "tax"), DrawStage.Expert("c", "丙", "labour"), DrawStage.Expert("d", "丁", "tax"),
            ])), replays: 500);

        Assert.Equal(500, odds.Replays);
        Assert.Equal(("only", 1.0, 0.0), Figure(odds, "only"));
        Assert.Equal(("never", 0.0, 0.0), Figure(odds, "never"));
        Assert.All(odds.Experts.Where(one => one.Id.Length == 1), one => Assert.False(one.IsExact));
    }

    [Fact]
    public void Without_a_full_panel_nobody_has_a_chance()
    {
        var odds = DrawOdds.Of(DrawStage.Read(Pool(3, Expert("a", 0), Expert("b", 0))));

        Assert.All(odds.Experts, one => Assert.Equal((0.0, true), (one.Probability, one.IsExact)));
        Assert.Equal(2, odds.Experts.Count);
    }

    [Fact]
    public void Neither_the_secret_nor_the_beacon_moves_a_chance()
    {
        foreach (var input in SmallDraws.Fixed(20, seats: 4, experts: 10))
            Assert.Equal(DrawOdds.Of(input, 300).Experts, DrawOdds.Of(input with { Secret = new string('f', 64), Beacon = null }, 300).Experts);
    }

    private static (string, double, double) Figure(DrawOdds odds, string id) =>
        odds.Experts.Where(one => one.Id == id).Select(one => (one.Id, one.Probability, one.StandardError)).Single();

    private static JsonObject Pool(int seats, params JsonObject[] experts) =>
        DrawStage.Input(Enumerable.Range(1, seats).Select(i => DrawStage.Seat(string.Create(CultureInfo.InvariantCulture, $"s{i}"), false)), experts);

    private static JsonObject Expert(string id, int recentReviews)
    {
        var expert = DrawStage.Expert(id, "单位" + id, "administrative");
        expert["recentReviews"] = recentReviews;
        return expert;
    }

    /// <summary>Every order with its probability, and in each the panel found by trying everything.</summary>
    private static Dictionary<string, double> OverAllOrders(DrawInput input)
    {
        var eligible = DrawEngine.Run(input).Order;
        var chances = new Dictionary<string, double>(StringComparer.Ordinal);
        if (new FirstPanelByTrial(input, [.. eligible.Select(one => one.Id)]).IsFeasible)
            Walk([], [.. eligible], 1);
        return chances;

        void Walk(List<string> order, List<OrderedExpert> left, double probability)
        {
            foreach (var next in left)
                Walk([.. order, next.Id], [.. left.Where(one => one != next)], probability * next.Tickets / left.Sum(one => one.Tickets));
            if (left.Count > 0)
                return;
            var trial = new FirstPanelByTrial(input, order);
            trial.Walk();
            foreach (var seated in trial.Panel)
                chances[seated.Id] = chances.GetValueOrDefault(seated.Id) + probability;
        }
    }
}
