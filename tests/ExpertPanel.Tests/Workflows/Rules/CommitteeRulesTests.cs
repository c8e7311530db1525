using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Rules;

public sealed class CommitteeRulesTests
{
    [Fact]
    public void The_seed_rules_load_without_a_fault_and_each_has_its_source()
    {
        var (rules, problems) = CommitteeRules.Read(SeedFiles.BesideProgram.Rules);
        Assert.Empty(problems);
        Assert.NotNull(rules);
        Assert.All(rules.Settings, s => Assert.False(string.IsNullOrWhiteSpace(s.Source)));
        Assert.Equal((3, 3, 5, true, 24), (rules.PanelSize, rules.MinimumOpinions, rules.MeetingMinimum, rules.MeetingOdd, rules.RoundGraceHours));
        Assert.Equal([25, 5, 1], rules.Tickets);
    }

    [Fact]
    public void What_the_program_asks_for_must_be_there()
    {
        foreach (var key in CommitteeRules.Required)
            Assert.Contains($"settings.{key}: missing", Problems(s => s.Where(x => x.Key != key)));
    }

    [Theory]
    [InlineData("deadline.review.majorDecision", "6", "workingDay", "settings.deadline.review.majorDecision: 重大决策合法性审查不少于7个工作日（国务院令第713号第26条） / at least 7 working days")]
    [InlineData("deadline.review.majorDecision", "9", "calendarDay", "settings.deadline.review.majorDecision: 重大决策合法性审查不少于7个工作日（国务院令第713号第26条） / at least 7 working days")]
    [InlineData("deadline.opinion", "five", "workingDay", "settings.deadline.opinion: 应为 0 到 3650 的整数 / expected a whole number from 0 to 3650")]
    [InlineData("deadline.opinion", "-1", "workingDay", "settings.deadline.opinion: 应为 0 到 3650 的整数 / expected a whole number from 0 to 3650")]
    [InlineData("deadline.opinion", "3651", "workingDay", "settings.deadline.opinion: 应为 0 到 3650 的整数 / expected a whole number from 0 to 3650")]
    [InlineData("panel.minimumOpinions", "0", "person", "settings.panel.minimumOpinions: 至少为 1 / at least 1")]
    [InlineData("panel.size", "0", "person", "settings.panel.size: 至少为 1 / at least 1")]
    [InlineData("panel.size.majorDecision", "0", "person", "settings.panel.size.majorDecision: 至少为 1 / at least 1")]
    [InlineData("panel.memberShare", "2/1", "share", "settings.panel.memberShare: 应为 0 到 1 的分数，例如 1/3 / expected a share such as 1/3")]
    [InlineData("meeting.odd", "yes", "switch", "settings.meeting.odd: 应为 true 或 false / expected true or false")]
    [InlineData("draw.ticketsByRecentReviews", "16,0", "text", "settings.draw.ticketsByRecentReviews: 应为逗号分隔的正整数 / expected positive whole numbers separated by commas")]
    [InlineData("draw.loadFrom", "month", "text", "settings.draw.loadFrom: 应为 year（自然年）或 window（最近若干天） / expected year or window")]
    [InlineData("draw.beacons", "twoPerson,dice", "text", "settings.draw.beacons: 应为逗号分隔的 twoPerson、lottery、drand，第一个为缺省 / expected some of twoPerson, lottery, drand, the default first")]
    [InlineData("draw.beacons", "lottery,lottery", "text", "settings.draw.beacons: 应为逗号分隔的 twoPerson、lottery、drand，第一个为缺省 / expected some of twoPerson, lottery, drand, the default first")]
    [InlineData("draw.drandChain", "{}", "text", "settings.draw.drandChain: 不是 drand 的链信息 / expected what a relay answers at /info: schemeID: is missing; expected the scheme's name; hash: is missing; expected 64 hex digits")]
    [InlineData("office.name", " ", "text", "settings.office.name: 不能为空 / expected a value")]
    [InlineData("office.name", "x", "words", "settings.office.name: 单位应为 workingDay、calendarDay、hour、person、count、text、switch、share 之一 / expected one of these units")]
    public void A_value_that_breaks_a_rule_is_refused_by_name(string key, string value, string unit, string problem) =>
        Assert.Equal([problem], Problems(s => s.Select(x => x.Key == key ? x with { Value = value, Unit = unit } : x)));

    [Fact]
    public void The_seeds_chain_of_drand_is_the_published_one_and_two_persons_are_the_default()
    {
        Assert.Equal(Beacons.PublishedRounds.Chain("quicknet"), Walk.SeedRules.DrandChain);
        Assert.Equal([BeaconKind.TwoPerson, BeaconKind.Lottery, BeaconKind.Drand], Walk.SeedRules.Beacons);
        Assert.Equal(TimeSpan.FromMinutes(2), Walk.SeedRules.DrandMargin);
    }

    [Fact]
    public void Rules_of_before_the_beacons_wait_for_two_persons()
    {
        var old = Walk.SeedRules with { Settings = [.. Walk.SeedRules.Settings.Where(s => !s.Key.StartsWith("draw.beacons", StringComparison.Ordinal) && !s.Key.StartsWith("draw.drand", StringComparison.Ordinal))] };
        Assert.NotNull(CommitteeRules.Read(CommitteeSetup.ToJson(old)).Rules);
        Assert.Equal([BeaconKind.TwoPerson], old.Beacons);
        Assert.Null(old.DrandChain);
    }

    [Fact]
    public void A_setting_without_a_source_is_refused() =>
        Assert.Equal(["settings.panel.size: 来源依据不能为空 / a setting needs its source"], Problems(s => s.Select(x => x.Key == "panel.size" ? x with { Source = "" } : x)));

    [Fact]
    public void A_setting_stands_once() => Assert.Equal(["settings.panel.size: stands twice"], Problems(s => s.Concat(s.Where(x => x.Key == "panel.size"))));

    [Theory]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("{ \"schema\": 7 }")]
    [InlineData("null")]
    public void What_is_no_rules_document_is_refused(string json)
    {
        var (rules, problems) = CommitteeRules.Read(json);
        Assert.Null(rules);
        Assert.NotEmpty(problems);
    }

    [Fact]
    public void Another_schema_a_missing_list_and_a_nameless_setting_are_named()
    {
        Assert.Equal(["schema: expected expertpanel.rules/1", "settings: missing; expected a list"], CommitteeRules.Read("{}").Problems);
        var (_, problems) = CommitteeRules.Read("""{ "schema": "expertpanel.rules/1", "version": 1, "settings": [ null, { "value": "1" } ] }""");
        Assert.Contains("settings[0].key: missing; expected a text", problems);
        Assert.Contains("settings[1].key: missing; expected a text", problems);
    }

    [Fact]
    public void An_unknown_setting_is_a_fault_of_the_program() =>
        Assert.Throws<KeyNotFoundException>(() => Walk.SeedRules.Setting("no.such"));

    [Fact]
    public void A_deadline_carries_its_source_and_version_and_a_type_without_its_own_takes_the_general_one()
    {
        var rule = Walk.SeedRules.ReviewDeadline(MatterType.MajorDecision, "受理");
        Assert.Equal((10, DayUnit.WorkingDay, 1), (rule.Value, rule.Unit, rule.Version));
        Assert.Contains("713", rule.Source, StringComparison.Ordinal);
        Assert.Equal(15, Walk.SeedRules.ReviewDeadline(MatterType.MajorAdministrativeAct, "受理").Value);
    }

    [Theory]
    [InlineData("year", "2014-09-26T09:00:00+08:00", "2014-01-01T00:00:00+08:00")]
    [InlineData("year", "2014-12-31T16:00:00+00:00", "2015-01-01T00:00:00+08:00")]
    [InlineData("window", "2014-09-26T09:00:00+08:00", "2013-09-26T09:00:00+08:00")]
    [InlineData(null, "2014-09-26T09:00:00+08:00", "2013-09-26T09:00:00+08:00")]
    public void Invitations_count_from_new_year_in_Beijing_or_over_the_last_days(string? from, string now, string since)
    {
        var others = Walk.SeedRules.Settings.Where(s => s.Key != "draw.loadFrom");
        var rules = Walk.SeedRules with { Settings = from is null ? [.. others] : [.. others, Walk.SeedRules.Setting("draw.loadFrom") with { Value = from }] };
        Assert.Equal(DateTimeOffset.Parse(since, System.Globalization.CultureInfo.InvariantCulture), rules.LoadSince(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static IReadOnlyList<string> Problems(Func<IReadOnlyList<RuleSetting>, IEnumerable<RuleSetting>> edit) =>
        CommitteeRules.Read(CommitteeSetup.ToJson(Walk.SeedRules with { Settings = [.. edit(Walk.SeedRules.Settings)] })).Problems;
}
