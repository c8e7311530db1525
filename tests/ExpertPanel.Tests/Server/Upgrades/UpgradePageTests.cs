using System.Net;
using AngleSharp.Dom;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Upgrades;
using ExpertPanel.Tests.Server.Pages;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Upgrades;

/// <summary>A newer program on an older committee: noticed, shown in words, adopted by somebody with a reason.</summary>
public sealed class UpgradePageTests : IAsyncLifetime
{
    private const string Page = "/settings/upgrade";

    private readonly Office office = new();

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        await OlderProgram.LeftAsync(office.App);
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task Whoever_may_adopt_it_finds_it_on_the_desk_and_everybody_on_the_settings()
    {
        Assert.Contains("有新版本的流程或规则可以采用", (await office.Of("处长丙").ReadAsync("/desk")).Text(), StringComparison.Ordinal);
        Assert.Null((await office.Of("承办人乙").ReadAsync("/desk")).QuerySelector($"a[href='{Page}']"));
        Assert.NotNull((await office.Of("承办人乙").ReadAsync("/settings")).QuerySelector($"a[href='{Page}']"));
        await office.App.Services.AnnounceUpgradesAsync(CancellationToken.None);
        Assert.Contains(office.App.Log.Value, line => line.StartsWith("Warning: Committee 620000: this program brings a newer route (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_difference_is_said_in_plain_words()
    {
        var page = await office.Of("承办人乙").ReadAsync(Page);
        var route = page.QuerySelectorAll("section[aria-labelledby=route-title] li").Select(li => li.TextContent).ToList();
        Assert.Contains("“抽取专家”环节新增操作“交存随机值”，由秘书处、审计管理员办理。", route);
        Assert.Contains("“抽取专家”环节的“抽取专家”改由系统、秘书处办理（原为秘书处）。", route);
        Assert.Contains("“随机值产生”之后，系统自动“抽取专家”。", route);
        Assert.DoesNotContain(route, line => line.Contains('{', StringComparison.Ordinal));

        var beacons = Row(page, "抽取可用的随机源，第一个为缺省");
        Assert.Contains("新增", beacons, StringComparison.Ordinal);
        Assert.Contains("两人随机值（秘书处、审计管理员）、公开开奖或公证、drand 公共随机数 缺省", beacons, StringComparison.Ordinal);
        Assert.Contains("docs/adr/0006-beacons.md", beacons, StringComparison.Ordinal);
        Assert.Contains("缺省值改变 16,4,1 25,5,1 缺省", Row(page, "按近期次数的签数"), StringComparison.Ordinal);
        Assert.Contains("改名", Row(page, "近期次数的统计天数（按 window 计时）"), StringComparison.Ordinal);
        Assert.DoesNotContain(page.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains("机关名称", StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task The_adopted_route_is_the_next_version_for_matters_registered_from_then_on()
    {
        var before = await office.RegisteredAsync();
        var answer = await office.Of("处长丙").SubmitAsync(Page, Reason("Route", "程序更新，经办务会研究同意"), "Route");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var after = await office.RegisteredAsync();
        Assert.Equal((1, 2), (before.RouteVersion, after.RouteVersion));
        var page = await office.Of("处长丙").ReadAsync(Page);
        Assert.Contains("已采用，成为流程第 2 版", page.Text(), StringComparison.Ordinal);
        Assert.Contains("第 2 版，与程序随附的一致", page.Text("section[aria-labelledby=route-title]"), StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("section[aria-labelledby=rules-title] tbody tr"));
        await using var db = office.App.Database();
        var row = await db.History.SingleAsync(h => h.Command == "adoptRoute");
        Assert.Equal("处长丙", row.ActorName);
        Assert.Contains("程序更新，经办务会研究同意", row.Facts, StringComparison.Ordinal);
        Assert.Contains("commitShare", row.Facts, StringComparison.Ordinal);
        Assert.Empty((await AuditCheck.RunAsync(db, CancellationToken.None)).Faults);
    }

    [Fact]
    public async Task The_adopted_rules_keep_what_the_committee_decided_itself()
    {
        var admin = office.Of("系统管理员");
        await admin.SubmitAsync("/settings/edit", new Dictionary<string, string>
        {
            ["Settings[draw.ticketsByRecentReviews].Confirmed"] = "true", ["Settings[panel.size].Value"] = "5", ["Settings[panel.size].Source"] = "本级工作规则第三条",
        });
        await admin.SubmitAsync(Page, Reason("Rules", "程序更新"), "Rules");

        await using var db = office.App.Database();
        var newest = await db.Rules.OrderByDescending(r => r.Version).FirstAsync();
        var rules = CommitteeRules.Read(newest.Json).Rules;
        Assert.Equal((3, "系统管理员"), (newest.Version, newest.ApprovedBy));
        Assert.Equal(("16,4,1", false), (rules?.Text("draw.ticketsByRecentReviews"), rules?.Setting("draw.ticketsByRecentReviews").IsDefault));
        Assert.Equal(("5", "本级工作规则第三条"), (rules?.Text("panel.size"), rules?.Setting("panel.size").Source));
        Assert.Equal(("twoPerson,lottery,drand", true), (rules?.Text("draw.beacons"), rules?.Setting("draw.beacons").IsDefault));
        Assert.Contains("与程序随附的一致", (await admin.ReadAsync(Page)).Text("section[aria-labelledby=rules-title]"), StringComparison.Ordinal);
        Assert.Empty((await AuditCheck.RunAsync(db, CancellationToken.None)).Faults);
    }

    [Theory]
    [InlineData(" ", "请填写采用的理由")]
    [InlineData(null, "理由最长 500 字")]
    public async Task Without_a_sound_reason_nothing_is_adopted_and_the_field_says_so(string? reason, string says)
    {
        var answer = await office.Of("系统管理员").SubmitAsync(Page, Reason("Rules", reason ?? new string('长', 501)), "Rules");

        var page = await Browser.DocumentAsync(answer);
        Assert.Equal("#f-RulesReason", Assert.Single(page.QuerySelectorAll(".error-summary a")).GetAttribute("href"));
        Assert.Contains(says, page.Text(".error-summary"), StringComparison.Ordinal);
        await using var db = office.App.Database();
        Assert.Equal(1, await db.Rules.CountAsync());
    }

    [Fact]
    public async Task Of_two_who_adopt_it_the_second_is_told_and_a_reader_may_not()
    {
        await office.Of("系统管理员").SubmitAsync(Page, Reason("Route", "程序更新"), "Route");
        var form = new Dictionary<string, string>(Reason("Rules", "又一次")) { ["RulesVersion"] = "7" };
        Assert.Contains("已有人保存了新的一版", (await Browser.DocumentAsync(await office.Of("处长丙").SubmitAsync(Page, form, "Rules"))).Text(".error-summary"), StringComparison.Ordinal);

        var token = (await office.Of("承办人乙").ReadAsync("/settings")).QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
        var forced = await office.Of("承办人乙").Client.PostAsync($"{Page}?handler=Rules", new FormUrlEncodedContent(new Dictionary<string, string>(Reason("Rules", "越权")) { ["RulesVersion"] = "1", ["__RequestVerificationToken"] = token }));
        Assert.NotEqual(HttpStatusCode.OK, forced.StatusCode);
        await using var db = office.App.Database();
        Assert.Equal((2, 1), (await db.Routes.CountAsync(), await db.Rules.CountAsync()));
    }

    [Fact]
    public async Task A_setting_that_the_rules_lack_is_on_the_form_with_its_default_and_becomes_a_rule_once_changed_or_confirmed()
    {
        var admin = office.Of("系统管理员");
        var form = await admin.ReadAsync("/settings/edit");
        Assert.Equal("1/3", form.QuerySelector("input[name='Settings[panel.memberShare].Value']")?.GetAttribute("value"));
        Assert.Contains("缺省", form.QuerySelector("input[name='Settings[panel.memberShare].Value']")?.Closest("fieldset")?.QuerySelector("legend")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("没有修改", (await Browser.DocumentAsync(await admin.SubmitAsync("/settings/edit", new Dictionary<string, string>()))).Text(".error-summary"), StringComparison.Ordinal);
        Assert.Contains("应为 0 到 1 的分数", (await Browser.DocumentAsync(await admin.SubmitAsync("/settings/edit", new Dictionary<string, string> { ["Settings[panel.memberShare].Value"] = "half" }))).Text(".error-summary"), StringComparison.Ordinal);

        await admin.SubmitAsync("/settings/edit", new Dictionary<string, string> { ["Settings[panel.memberShare].Value"] = "1/2", ["Settings[draw.loadFrom].Confirmed"] = "true" });
        await using var db = office.App.Database();
        var rules = CommitteeRules.Read((await db.Rules.OrderByDescending(r => r.Version).FirstAsync()).Json).Rules;
        Assert.Equal(("1/2", "year", false), (rules?.Text("panel.memberShare"), rules?.Text("draw.loadFrom"), rules?.Setting("draw.loadFrom").IsDefault));
        Assert.False(rules?.Has("draw.beacons"));
        Assert.Contains("panel.memberShare", (await db.History.SingleAsync(h => h.Command == "changeRules")).Facts, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Reason(string part, string reason) => new() { [$"{part}Reason"] = reason };

    private static string Row(IParentNode page, string name) =>
        string.Join(' ', page.QuerySelectorAll("tbody tr").Single(r => r.FirstElementChild?.TextContent == name).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
