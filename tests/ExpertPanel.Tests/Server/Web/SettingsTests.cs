using System.Net;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class SettingsTests : IAsyncLifetime
{
    private AppFactory app = null!; // Set before any test by InitializeAsync.

    public async ValueTask InitializeAsync() => app = await AppFactory.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Every_rule_is_shown_with_its_source_and_whether_it_is_a_default()
    {
        using var browser = await app.SignInAsync("reader", Role.CaseHandler);

        var page = await browser.ReadAsync("/settings");

        var row = page.QuerySelectorAll("tbody tr").Single(r => r.FirstElementChild?.TextContent == "重大决策审查期限");
        Assert.Contains("10 工作日", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("国务院令第713号第26条", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("缺省", row.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("a[href='/settings/edit']"));
        Assert.Contains("本级尚未确认", page.Body!.TextContent, StringComparison.Ordinal);
        var value = (string name) => page.QuerySelectorAll("tbody tr").Single(r => r.FirstElementChild?.TextContent == name).Children[1].TextContent;
        Assert.Equal("两人随机值（秘书处、审计管理员）、公开开奖或公证、drand 公共随机数", value("抽取可用的随机源，第一个为缺省"));
        Assert.Equal("投资、行政法", value("重大投资项目另需专业"));
        Assert.Equal("自然年", value("邀请次数从何时计（year 自然年，window 最近若干天）"));
    }

    [Fact]
    public async Task A_change_makes_a_new_version_with_its_row_in_the_history()
    {
        using var browser = await app.SignInAsync("editor", Role.SystemAdministrator);

        var answer = await browser.SubmitAsync("/settings/edit", new Dictionary<string, string>
        {
            ["Settings[panel.size].Value"] = "5", ["Settings[panel.size].Source"] = "省政府工作规则第八条",
        });

        Assert.Equal("/settings", answer.Headers.Location?.OriginalString);
        await using var db = app.Database();
        var rows = await db.Rules.OrderBy(r => r.Version).ToListAsync();
        Assert.Equal([1, 2], rows.Select(r => r.Version));
        var (before, after) = (CommitteeRules.Read(rows[0].Json).Rules, CommitteeRules.Read(rows[1].Json).Rules);
        Assert.Equal(3, before?.PanelSize);
        Assert.Equal(5, after?.PanelSize);
        Assert.False(after?.Setting("panel.size").IsDefault);
        Assert.True(after?.Setting("panel.minimumOpinions").IsDefault);
        Assert.Equal("editor", rows[1].ApprovedBy);
        Assert.Contains("省政府工作规则第八条", (await db.History.SingleAsync(h => h.Command == "changeRules")).Facts, StringComparison.Ordinal);
        Assert.Contains("5 人", (await browser.ReadAsync("/settings")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deadline.review.majorDecision", "Value", "6", "不少于7个工作日")]
    [InlineData("panel.size", "Value", "three", "整数")]
    [InlineData("panel.size", "Value", "", "整数")]
    [InlineData("panel.size", "Source", " ", "来源依据")]
    [InlineData("draw.ticketsByRecentReviews", "Value", "16,0", "正整数")]
    public async Task A_wrong_value_is_refused_at_its_field_and_nothing_is_saved(string key, string part, string value, string says)
    {
        using var browser = await app.SignInAsync("careless", Role.DivisionHead);

        var answer = await browser.SubmitAsync("/settings/edit", new Dictionary<string, string> { [$"Settings[{key}].{part}"] = value });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await Browser.DocumentAsync(answer);
        var link = Assert.Single(page.QuerySelectorAll(".error-summary a"));
        Assert.Contains(says, link.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(link.GetAttribute("href")!.Replace(".", "\\.", StringComparison.Ordinal)));
        await using var db = app.Database();
        Assert.Equal(1, await db.Rules.CountAsync());
    }

    [Fact]
    public async Task Of_two_who_edit_the_same_version_the_second_is_told()
    {
        using var browser = await app.SignInAsync("second", Role.SystemAdministrator);
        var change = new Dictionary<string, string> { ["Settings[panel.size].Value"] = "5" };
        await browser.SubmitAsync("/settings/edit", change);

        var answer = await browser.SubmitAsync("/settings/edit", new Dictionary<string, string> { ["Settings[panel.size].Value"] = "7", ["Version"] = "1" });

        Assert.Contains("已有人保存", (await Browser.DocumentAsync(answer)).QuerySelector(".error-summary")?.TextContent, StringComparison.Ordinal);
        await using var db = app.Database();
        Assert.Equal(2, await db.Rules.CountAsync());
    }

    [Fact]
    public async Task Saving_without_a_change_makes_no_version()
    {
        using var browser = await app.SignInAsync("idle", Role.SystemAdministrator);

        var answer = await browser.SubmitAsync("/settings/edit", new Dictionary<string, string>());

        Assert.Contains("没有修改", (await Browser.DocumentAsync(answer)).QuerySelector(".error-summary")?.TextContent, StringComparison.Ordinal);
        await using var db = app.Database();
        Assert.Equal(1, await db.Rules.CountAsync());
    }
}
