using ExpertPanel.Tests.Server.Upgrades;
using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows.Rules;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Rules;

public sealed class RulesUpdateTests
{
    private static readonly CommitteeRules Seed = Walk.SeedRules;

    [Fact]
    public void Rules_that_say_the_same_do_not_differ() => Assert.Empty(RulesUpdate.Differences(Seed with { Version = 7 }, Seed));

    [Fact]
    public void What_is_lacking_and_what_the_committee_never_confirmed_differs()
    {
        var changes = RulesUpdate.Differences(OlderProgram.Rules, Seed).ToDictionary(d => d.Shipped.Key, d => d.Change);
        Assert.Equal(
            ["committee.seats", "draw.beacons", "draw.drandChain", "draw.drandMarginSeconds", "draw.loadFrom", "mail.unsignedSender", "panel.lineDepartmentShare", "panel.memberShare", "panel.size.majorDecision"],
            changes.Where(c => c.Value == SettingChange.Added && !c.Key.StartsWith("panel.specialties", StringComparison.Ordinal) && !c.Key.StartsWith("mail.notice.", StringComparison.Ordinal)).Select(c => c.Key).Order(StringComparer.Ordinal));
        Assert.Equal((SettingChange.NewDefault, SettingChange.Renamed), (changes["draw.ticketsByRecentReviews"], changes["draw.loadWindowDays"]));
        Assert.False(changes.ContainsKey("panel.size"));
    }

    [Fact]
    public void Adopting_changes_nothing_that_the_committee_decided_and_loses_nothing_of_its_own()
    {
        var own = OlderProgram.Rules with
        {
            Settings =
            [
                .. OlderProgram.Rules.Settings.Select(s => s.Key is "draw.ticketsByRecentReviews" or "draw.loadWindowDays" ? s with { IsDefault = false } : s),
                new("deadline.review.other", "其他事项审查期限", "Review of others", "12", "workingDay", "本级规则", false),
            ],
        };
        var adopted = Seed with { Settings = RulesUpdate.Adopt(own, Seed) };
        Assert.Equal("16,4,1", adopted.Text("draw.ticketsByRecentReviews"));
        Assert.Equal("近期次数的统计天数（按 window 计时）", adopted.Setting("draw.loadWindowDays").Zh);
        Assert.Equal("本级规则", adopted.Setting("deadline.review.other").Source);
        Assert.Equal(Seed.Settings.Count + 1, adopted.Settings.Count);
        Assert.Empty(RulesUpdate.Differences(adopted, Seed));
    }
}
