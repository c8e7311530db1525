using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Rules;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Panels;

public sealed class SeatProposalTests
{
    private static readonly SeatAsked Member = new(null, CommitteeMember: true);

    private static CommitteeRules Rules(params (string Key, string? Value)[] changes) => changes.Aggregate(Walk.SeedRules, (rules, change) => rules with
    {
        Settings = change.Value is { } value
            ? [.. rules.Settings.Select(s => s.Key == change.Key ? s with { Value = value } : s)]
            : [.. rules.Settings.Where(s => s.Key != change.Key)],
    });

    private static string Text(SeatProposal proposal) =>
        string.Join(" | ", proposal.Seats.Select(seat => (seat.CommitteeMember ? "M " : "") + string.Join("+", seat.Specialties ?? [])));

    [Theory]
    [InlineData(MatterType.Other, "land", "land | land | M ")]
    [InlineData(MatterType.Other, "", " |  | M ")]
    [InlineData(MatterType.NormativeDocument, "environment", "environment | administrative | M ")]
    [InlineData(MatterType.NormativeDocument, "administrative", "administrative | administrative | M ")]
    [InlineData(MatterType.LegalInstrument, "land finance labour", "land+labour | finance | M ")]
    [InlineData(MatterType.MajorInvestmentProject, "land", "land | investment | M ")]
    [InlineData(MatterType.MajorDecision, "land", "land | administrative | land | M  | M ")]
    public void Type_and_specialties_propose_the_seats(MatterType type, string specialties, string seats) =>
        Assert.Equal(seats, Text(SeatProposal.For(type, specialties.Split(' ', StringSplitOptions.RemoveEmptyEntries), Walk.SeedRules)));

    [Theory]
    [InlineData("4", "3", 5)]
    [InlineData("1", "3", 3)]
    [InlineData("3", "6", 7)]
    public void The_number_is_odd_and_at_least_the_fewest_opinions(string size, string minimum, int seats) =>
        Assert.Equal(seats, SeatProposal.For(MatterType.Other, [], Rules(("panel.size", size), ("panel.minimumOpinions", minimum))).Seats.Count);

    [Fact]
    public void Every_specialty_of_the_matter_stands_in_a_seat_and_none_twice_when_there_are_enough()
    {
        foreach (var count in Enumerable.Range(1, 9))
        {
            string[] asked = [.. Enumerable.Range(0, count).Select(i => $"x{i}")];
            var seats = SeatProposal.For(MatterType.MajorDecision, [.. asked, "x0"], Rules(("panel.size.majorDecision", "7"))).Seats;
            Assert.Equal(asked.Order(), seats.SelectMany(s => s.Specialties ?? []).Where(s => s[0] == 'x').Distinct().Order());
            Assert.All(seats.Where(s => !s.CommitteeMember), s => Assert.NotEmpty(s.Specialties ?? []));
        }
    }

    [Fact]
    public void A_committee_without_these_settings_has_no_such_rule()
    {
        var rules = Rules(("panel.memberShare", null), ("panel.lineDepartmentShare", null), ("panel.specialties.normativeDocument", null), ("panel.size.majorDecision", null));
        Assert.Equal("land | land | land", Text(SeatProposal.For(MatterType.NormativeDocument, ["land"], rules)));
        Assert.Equal(3, SeatProposal.For(MatterType.MajorDecision, [], rules).Seats.Count);
        Assert.Equal(["panel.size", "panel.minimumOpinions"], SeatProposal.For(MatterType.NormativeDocument, [], rules).Followed.Select(s => s.Key));
        Assert.Equal(0, SeatRules.MembersMissing([new(null, false)], rules));
    }

    [Fact]
    public void A_proposal_names_the_settings_it_follows_with_their_source()
    {
        var followed = SeatProposal.For(MatterType.MajorDecision, [], Walk.SeedRules).Followed;
        Assert.Equal(
            ["panel.size.majorDecision", "panel.minimumOpinions", "panel.memberShare", "panel.lineDepartmentShare", "panel.specialties.majorDecision"],
            followed.Select(s => s.Key));
        Assert.All(followed, s => Assert.True(s.IsDefault && s.Source.Length > 0));
    }

    [Theory]
    [InlineData("3", 5, 1)]
    [InlineData("3", 7, 2)]
    [InlineData("3", 9, 3)]
    [InlineData("3", 15, 3)]
    [InlineData("1", 15, 1)]
    [InlineData("3", 1, 1)]
    public void At_most_a_third_comes_from_one_line_department(string limit, int seats, int most) =>
        Assert.Equal(most, SeatRules.MaxPerEmployer(seats, Rules(("draw.maxPerEmployer", limit))));

    [Fact]
    public void The_share_binds_the_draw_itself()
    {
        var walk = WalkStages.At("underReview");
        walk.Rules = Rules(("draw.maxPerEmployer", "3"));
        walk.Must(new PrepareDraw([.. Enumerable.Repeat(new SeatAsked(null, false), 5)], "问题"), People.Handler);
        Assert.Equal(1, DrawInputReader.ReadBeforeBeacon(walk.Evidence?.InputJson ?? "").Input?.Rules.MaxPerEmployer);
    }

    [Fact]
    public void Missing_members_are_counted() =>
        Assert.Equal([1, 0, 2], new SeatAsked[][] { [new(null, false), new(null, false), new(null, false)], [Member, new(null, false), new(null, false)], [.. Enumerable.Repeat(new SeatAsked(null, false), 5)] }
            .Select(seats => SeatRules.MembersMissing(seats, Walk.SeedRules)));

    [Theory]
    [InlineData("1/3", 3, 1, 1)]
    [InlineData("1/3", 5, 2, 1)]
    [InlineData("1/3", 7, 3, 2)]
    [InlineData("0", 5, 0, 0)]
    [InlineData("1", 5, 5, 5)]
    [InlineData("2/3", 3, 2, 2)]
    public void A_share_rounds_up_to_be_enough_and_down_to_be_no_more(string text, int count, int atLeast, int atMost) =>
        Assert.Equal((atLeast, atMost), Share.Read(text) is { } share ? (share.AtLeast(count), share.AtMost(count)) : (-1, -1));

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("3/2")]
    [InlineData("1/0")]
    [InlineData("1/2/3")]
    [InlineData("-1/3")]
    [InlineData("0.3")]
    [InlineData("1/1001")]
    public void What_is_no_share_is_refused(string text) => Assert.Null(Share.Read(text));
}
