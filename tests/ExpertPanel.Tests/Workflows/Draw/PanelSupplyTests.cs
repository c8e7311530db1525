using System.Text.Json.Nodes;
using ExpertPanel.Benchmarks.Fairness;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class PanelSupplyTests
{
    private static JsonObject[] Experts(params string[] specialties) =>
        [.. specialties.Select((one, i) => DrawStage.Expert($"E{i + 1}", $"单位{i + 1}", one.Split(' ')))];

    private static JsonObject Not(JsonObject expert, string field, JsonNode value)
    {
        expert[field] = value;
        return expert;
    }

    private static PanelSupply Supply(JsonNode input, params IReadOnlyList<Candidate> upperBank) => PanelSupply.Of(DrawStage.Read(input), upperBank);

    private static int? Offer(SeatSupply seat, SeatChangeKind kind) => seat.Changes.SingleOrDefault(change => change.Kind == kind)?.Eligible;

    [Fact]
    public void A_seat_with_fewer_than_five_is_thin_and_says_what_would_widen_it()
    {
        var supply = Supply(DrawStage.Input(
            [DrawStage.Seat("s1", false, "land"), DrawStage.Seat("s2", false)],
            Experts("land", "land", "land civil", "land", "civil", "civil", "labour")));

        Assert.True(supply is { IsFeasible: true, HasThinSeat: true, EmployerLimitNeeded: null });
        Assert.Equal([(4, true), (7, false)], supply.Seats.Select(seat => (seat.Eligible, seat.IsThin)));
        Assert.Equal(
            [(SeatChangeKind.AddSpecialty, "civil", 6), (SeatChangeKind.AddSpecialty, "labour", 5), (SeatChangeKind.AnySpecialty, null, 7)],
            supply.Seats[0].Changes.Select(change => (change.Kind, change.Specialty, change.Eligible)));
        Assert.Equal(["land", "civil"], supply.Seats[0].Changes[0].After.Specialties);
        Assert.Empty(supply.Seats[1].Changes);
        Assert.Equal(["s1"], DrawStage.Draw(DrawStage.Input([DrawStage.Seat("s1", false, "land"), DrawStage.Seat("s2", false)], Experts("land", "land", "land civil", "land", "civil", "civil", "labour"))).ThinSeats);
    }

    [Fact]
    public void What_keeps_experts_away_is_counted_and_only_the_offices_own_rules_are_offered_for_change()
    {
        var experts = Experts("land", "land", "land", "land", "civil");
        Not(experts[1], "openReviews", 5);
        Not(experts[2], "employer", "省环保厅");
        Not(Not(experts[3], "openReviews", 9), "onLeave", true);
        var seat = Supply(DrawStage.Input([DrawStage.Seat("s1", false, "land")], experts)).Seats[0];

        Assert.Equal(1, seat.Eligible);
        Assert.Equal([new ReasonCount("on-leave", 1, 0), new("at-capacity", 2, 1), new("conflict.employer", 1, 1)], seat.Excluded);
        Assert.Equal(2, Offer(seat, SeatChangeKind.WithoutCapacity));
        Assert.Equal(
            [SeatChangeKind.AddSpecialty, SeatChangeKind.AnySpecialty, SeatChangeKind.WithoutCapacity], seat.Changes.Select(change => change.Kind));
    }

    [Fact]
    public void A_members_seat_offers_the_bank_and_the_upper_bank_lends_no_member()
    {
        var experts = Experts("land", "land", "land");
        Not(experts[1], "committeeMember", false);
        var lent = DrawStage.Read(DrawStage.Input(
            [DrawStage.Seat("s1", false)],
            [.. Enumerable.Range(0, 3).Select(i => DrawStage.Expert($"U{i}", "部属大学", "land")), DrawStage.Expert("U9", "省环保厅", "land"), Not(DrawStage.Expert("U8", "单位1", "land"), "name", "专家E1")])).Pool;
        var supply = Supply(DrawStage.Input([DrawStage.Seat("s1", true, "land"), DrawStage.Seat("s2", false, "land")], experts), lent);

        Assert.Equal((2, 3), (supply.Seats[0].Eligible, Offer(supply.Seats[0], SeatChangeKind.AnyExpert)));
        Assert.Null(Offer(supply.Seats[0], SeatChangeKind.Borrow));
        Assert.Equal((3, 6), (supply.Seats[1].Eligible, Offer(supply.Seats[1], SeatChangeKind.Borrow))); // one is in conflict, one is in the own bank already
    }

    [Fact]
    public void Seats_that_cannot_be_filled_together_are_named_with_the_limit_that_would_do()
    {
        var experts = Experts("land", "land", "labour");
        foreach (var expert in experts) Not(expert, "employer", "兰州大学");
        var supply = Supply(DrawStage.Input([DrawStage.Seat("a", false, "land"), DrawStage.Seat("b", false, "land"), DrawStage.Seat("c", false, "labour")], experts));
        Assert.Equal(["a", "b"], supply.Blocking);
        Assert.Equal(3, supply.EmployerLimitNeeded);
        Assert.Equal([1, 1, 1], supply.Seats.Select(seat => seat.Employers));

        var hopeless = Supply(DrawStage.Input([DrawStage.Seat("a", false, "land"), DrawStage.Seat("b", false, "tax")], Experts("land", "labour")));
        Assert.Equal(["b"], hopeless.Blocking);
        Assert.Null(hopeless.EmployerLimitNeeded);
    }

    /// <summary>Every figure against the engine itself: a draw of that one seat, with the change made in the input.</summary>
    [Fact]
    public void Each_change_gives_what_a_draw_with_it_finds()
    {
        string[] words = ["land", "civil", "labour", "tax", "criminal"];
        var chance = new SeededChance(20141118);
        var changes = 0;
        for (var round = 0; round < 60; round++)
        {
            JsonObject[] Bank(string prefix, int size) =>
            [
                .. Enumerable.Range(0, size).Select(i =>
                {
                    var expert = DrawStage.Expert($"{prefix}{i}", chance.Next(6) == 0 ? "省环保厅" : $"单位{prefix}{chance.Next(9)}", [.. words.Where(_ => chance.Next(4) == 0)]);
                    (expert["committeeMember"], expert["onLeave"], expert["openReviews"]) = (chance.Next(2) == 0, chance.Next(8) == 0, chance.Next(7));
                    return expert;
                }),
            ];

            var pool = Bank("E", 20);
            var upper = Bank("U", 5);
            foreach (var one in upper) one["committeeMember"] = false;
            var seat = DrawStage.Seat("s1", chance.Next(2) == 0, [.. words.Where(_ => chance.Next(3) == 0)]);
            var supply = Supply(Copied(seat, pool), DrawStage.Read(Copied(seat, upper)).Pool);
            Assert.Equal(Drawn(seat, pool), supply.Seats[0].Eligible);
            foreach (var change in supply.Seats[0].Changes)
            {
                changes++;
                var after = DrawStage.Seat("s1", change.After.CommitteeMember, [.. change.After.Specialties]);
                var bank = change.Kind == SeatChangeKind.Borrow ? pool.Concat(upper) : pool;
                Assert.Equal(Drawn(after, bank, change.Kind == SeatChangeKind.WithoutCapacity ? 99 : 5), change.Eligible);
            }
        }

        Assert.True(changes > 100, $"Only {changes} changes were tried.");

        static JsonObject Copied(JsonObject seat, IEnumerable<JsonObject> pool) =>
            DrawStage.Input([seat.DeepClone().AsObject()], pool.Select(one => one.DeepClone().AsObject()));

        static int Drawn(JsonObject seat, IEnumerable<JsonObject> pool, int most = 5)
        {
            var input = Copied(seat, pool);
            input["rules"]!["maxOpenReviews"] = most; // the stage has rules
            return DrawStage.Draw(input).Order.Count;
        }
    }
}
