using System.Net;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>The secretariat enters an appointed expert, seats, unseats and ends; nobody else.</summary>
public sealed class AppointmentPagesTests(AppFactory app) : IClassFixture<AppFactory>
{
    private static readonly DateOnly Today = ChinaTime.LocalDate(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task An_expert_enters_the_bank_takes_a_seat_and_leaves()
    {
        using var secretary = await app.SignInAsync("secretary-n", Role.Secretariat);
        using var clerk = await app.SignInAsync("clerk-n", Role.RegistryClerk);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.OpenAsync("/experts/new")).StatusCode);

        var empty = await Browser.DocumentAsync(await secretary.SubmitAsync("/experts/new", new Dictionary<string, string>()));
        foreach (var asked in new[] { "请填写“姓名”", "请填写“工作单位”", "请填写“批准文号”" }) Assert.Contains(asked, empty.Body?.TextContent, StringComparison.Ordinal);
        var saved = await secretary.SubmitAsync("/experts/new", new Dictionary<string, string>
        {
            ["Name"] = "吉䶮", ["Employer"] = "示例大学", ["Specialties"] = "administrative", ["Address"] = "Ji@Example.test", ["TermFrom"] = Today.Iso(), ["TermTo"] = Today.AddMonths(1).Iso(), ["Approval"] = "甘政发〔2026〕1号",
        });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var card = saved.Headers.Location!.OriginalString;
        Assert.Contains("ji@example.test", (await secretary.ReadAsync(card)).Body?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("任命为委员", (await clerk.ReadAsync(card)).Body?.TextContent, StringComparison.Ordinal);

        var unsaid = await Browser.DocumentAsync(await secretary.SubmitAsync(card, new Dictionary<string, string>(), "Seat"));
        Assert.Contains("请填写事由及依据", unsaid.Body?.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await secretary.SubmitAsync(card, new Dictionary<string, string> { ["reason"] = "省政府决定" }, "Seat")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await secretary.SubmitAsync(card, new Dictionary<string, string> { ["until"] = Today.AddYears(5).Iso(), ["reason"] = "续聘决定" }, "Reappoint")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await secretary.SubmitAsync(card, new Dictionary<string, string> { ["reason"] = "届中调整" }, "Unseat")).StatusCode);
        var groundless = await Browser.DocumentAsync(await secretary.SubmitAsync(card, new Dictionary<string, string> { ["ground"] = "", ["reason"] = "x" }, "End"));
        Assert.Contains("请选择情形", groundless.Body?.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await secretary.SubmitAsync(card, new Dictionary<string, string> { ["ground"] = "Resigned", ["reason"] = "本人申请" }, "End")).StatusCode);
        Assert.Contains("不在聘期", (await secretary.ReadAsync(card)).Body?.TextContent, StringComparison.Ordinal);
    }
}
