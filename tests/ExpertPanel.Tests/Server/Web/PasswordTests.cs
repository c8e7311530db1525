using System.Net;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class PasswordTests(AppFactory app) : IClassFixture<AppFactory>
{
    private const string Next = "another long sentence 42";

    [Fact]
    public async Task Who_must_change_the_password_can_open_nothing_else()
    {
        await app.AddAccountAsync("forced", [Role.CaseHandler], u => u.MustChangePassword = true);
        using var browser = app.Open();
        await browser.SignInAsync("forced", AppFactory.Password);
        Assert.Equal("/account/password", (await browser.OpenAsync("/desk")).Headers.Location?.OriginalString);

        var answer = await ChangeAsync(browser, AppFactory.Password, Next, Next);

        Assert.Equal("/desk", answer.Headers.Location?.OriginalString);
        var desk = await browser.ReadAsync("/desk");
        Assert.Equal("密码已修改。", desk.QuerySelector(".notice")?.TextContent);
        Assert.Null((await browser.ReadAsync("/desk")).QuerySelector(".notice"));
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions_and_is_in_the_history()
    {
        using var browser = await app.SignInAsync("changing", Role.CaseHandler);
        using var other = app.Open();
        await other.SignInAsync("changing", AppFactory.Password);

        await ChangeAsync(browser, AppFactory.Password, Next, Next);

        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/desk")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await other.OpenAsync("/desk")).StatusCode);
        await using var db = app.Database();
        var row = await db.History.SingleAsync(h => h.StreamId == app.TenantId && h.ActorName == "changing");
        Assert.Equal("changePassword", row.Command);
        Assert.DoesNotContain(Next, row.Facts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong", Next, Next, "#f-Input-Current")]
    [InlineData(AppFactory.Password, "too short", "too short", "#f-Input-Next")]
    [InlineData(AppFactory.Password, "passwordpassword", "passwordpassword", "#f-Input-Next")]
    [InlineData(AppFactory.Password, "Administrator123!", "Administrator123!", "#f-Input-Next")]
    [InlineData(AppFactory.Password, "aaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaa", "#f-Input-Next")]
    [InlineData(AppFactory.Password, Next, "something else entirely", "#f-Input-Repeat")]
    [InlineData(AppFactory.Password, AppFactory.Password, AppFactory.Password, "#f-Input-Next")]
    [InlineData("", "", "", "#f-Input-Current")]
    public async Task A_slip_is_shown_at_its_field_and_nothing_changes(string current, string next, string repeat, string field)
    {
        var name = $"slip{Guid.CreateVersion7():N}";
        using var browser = await app.SignInAsync(name, Role.CaseHandler);

        var answer = await Browser.DocumentAsync(await ChangeAsync(browser, current, next, repeat));

        Assert.NotEmpty(answer.QuerySelectorAll($".error-summary a[href='{field}']"));
        using var again = app.Open();
        await again.SignInAsync(name, AppFactory.Password);
    }

    private static Task<HttpResponseMessage> ChangeAsync(Browser browser, string current, string next, string repeat) => browser.SubmitAsync(
        "/account/password", new Dictionary<string, string> { ["Input.Current"] = current, ["Input.Next"] = next, ["Input.Repeat"] = repeat });
}
