using System.Text.Json.Nodes;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class EligibilityTests
{
    private static IReadOnlyList<ExclusionReason> Reasons(Action<JsonObject> changeExpert, Action<JsonObject>? changeInput = null)
    {
        var input = DrawStage.Input();
        changeInput?.Invoke(input);
        var expert = DrawStage.Expert("X", "西北师范大学", "administrative");
        changeExpert(expert);
        input["pool"]!.AsArray().Add(expert); // the stage has a pool
        return DrawStage.Draw(input).Excluded.SingleOrDefault(one => one.Id == "X")?.Reasons ?? [];
    }

    private static void AssertExcluded(string code, string evidence, Action<JsonObject> changeExpert) =>
        Assert.Equal([new ExclusionReason(code, evidence)], Reasons(changeExpert));

    [Fact]
    public void An_expert_nothing_speaks_against_is_eligible() => Assert.Empty(Reasons(_ => { }));

    [Theory]
    [InlineData("2014-09-26", "2018-12-31", true)]
    [InlineData("2014-01-01", "2014-09-26", true)]
    [InlineData("2014-09-27", "2018-12-31", false)]
    [InlineData("2014-01-01", "2014-09-25", false)]
    public void A_term_includes_its_first_and_its_last_day(string from, string to, bool eligible)
    {
        var reasons = Reasons(expert => (expert["termFrom"], expert["termTo"]) = (from, to));
        if (eligible)
            Assert.Empty(reasons);
        else
            Assert.Equal([new ExclusionReason("not-in-term", $"2014-09-26 outside {from}..{to}")], reasons);
    }

    [Theory]
    [InlineData("2014-12-31T23:59:59+08:00", 0)]
    [InlineData("2015-01-01T00:00:00+08:00", 1)]
    public void The_day_is_that_of_the_offset_in_the_input(string now, int reasons) =>
        Assert.Equal(reasons, Reasons(expert => expert["termTo"] = "2014-12-31", input => input["now"] = now).Count);

    [Fact]
    public void Who_is_on_leave_is_not_drawn() => AssertExcluded("on-leave", "onLeave is true", expert => expert["onLeave"] = true);

    [Fact]
    public void Who_has_as_many_open_reviews_as_allowed_is_not_drawn()
    {
        AssertExcluded("at-capacity", "openReviews 5 >= maxOpenReviews 5", expert => expert["openReviews"] = 5);
        Assert.Empty(Reasons(expert => expert["openReviews"] = 4));
    }

    [Theory]
    [InlineData("省 环保厅", "省 环保厅 = matter.sponsor 省环保厅")]
    [InlineData("兰州某热力有限公司", "兰州某热力有限公司 = matter.parties[0] 兰州某热力有限公司")]
    [InlineData("甘肃某律师事务所", "甘肃某律师事务所 = matter.counsel[0] 甘肃某律师事务所")]
    public void Who_works_or_worked_for_the_sponsor_a_party_or_a_counsel_is_not_drawn(string employer, string evidence)
    {
        AssertExcluded("conflict.employer", evidence, expert => expert["employer"] = employer);
        AssertExcluded("conflict.former-employer", evidence, expert => expert["formerEmployers"] = new JsonArray("某单位", employer));
    }

    [Theory]
    [InlineData("省环保厅", "省环保厅 = matter.sponsor 省环保厅")]
    [InlineData("兰州某热力有限公司", "兰州某热力有限公司 = matter.parties[0] 兰州某热力有限公司")]
    [InlineData("甘肃某律师事务所", "甘肃某律师事务所 = matter.counsel[0] 甘肃某律师事务所")]
    [InlineData("王　某", "王　某 = matter.people[0] 王某")]
    public void A_declared_conflict_with_anyone_of_the_matter_excludes(string name, string evidence) =>
        AssertExcluded("conflict.declared", evidence, expert => expert["conflicts"] = new JsonArray("无关公司", name));

    [Theory]
    [InlineData("王某", "王某 = matter.people[0] 王某")]
    [InlineData("兰州某热力有限公司", "兰州某热力有限公司 = matter.parties[0] 兰州某热力有限公司")]
    public void A_relative_among_the_people_or_the_parties_excludes(string name, string evidence) =>
        AssertExcluded("conflict.relative", evidence, expert => expert["relatives"] = new JsonArray(name));

    [Fact]
    public void A_relative_of_the_counsels_name_does_not_exclude() =>
        Assert.Empty(Reasons(expert => expert["relatives"] = new JsonArray("甘肃某律师事务所", "省环保厅")));

    [Fact]
    public void Who_fits_no_seat_is_excluded()
    {
        var reasons = Reasons(
            expert => (expert["specialties"], expert["committeeMember"]) = (new JsonArray("labour", "land"), false),
            input => input["seats"] = new JsonArray(DrawStage.Seat("s1", true), DrawStage.Seat("s2", false, "administrative")));
        Assert.Equal([new ExclusionReason("no-seat", "specialties [labour, land], no committee member")], reasons);
    }

    [Fact]
    public void A_code_stands_once_and_lists_all_its_evidence() => AssertExcluded(
        "conflict.declared",
        "王某 = matter.people[0] 王某; 省环保厅 = matter.sponsor 省环保厅",
        expert => expert["conflicts"] = new JsonArray("王某", "省环保厅"));

    [Fact]
    public void All_reasons_are_listed_in_the_order_of_the_contract()
    {
        var reasons = Reasons(
            expert =>
            {
                expert["termTo"] = "2014-01-02";
                expert["onLeave"] = true;
                expert["openReviews"] = 9;
                expert["employer"] = "省环保厅";
                expert["formerEmployers"] = new JsonArray("省环保厅");
                expert["conflicts"] = new JsonArray("王某");
                expert["relatives"] = new JsonArray("王某");
                expert["specialties"] = new JsonArray();
            },
            input => input["seats"]!.AsArray().RemoveAt(2)); // the stage has three seats

        Assert.Equal(
            ["not-in-term", "on-leave", "at-capacity", "conflict.employer", "conflict.former-employer", "conflict.declared", "conflict.relative", "no-seat"],
            reasons.Select(reason => reason.Code));
    }
}
