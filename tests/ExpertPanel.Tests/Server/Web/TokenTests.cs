using System.Net;
using System.Net.Http.Headers;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class TokenTests(AppFactory app) : IClassFixture<AppFactory>
{
    /// <summary>No such address: whoever is let in learns that, anybody else is asked for a token.</summary>
    private const string Api = "/api/v1/no-such-thing";

    [Fact]
    public async Task A_token_is_shown_once_kept_as_a_hash_and_opens_the_api()
    {
        using var browser = await app.SignInAsync("caller", Role.CaseHandler);

        var token = await CreateAsync(browser);

        Assert.Null((await browser.ReadAsync("/admin/tokens")).QuerySelector("[data-testid=secret]"));
        await using var db = app.Database();
        Assert.Equal(ApiTokens.HashOf(token), await db.ApiTokens.Select(t => t.TokenHash).FirstAsync(h => h == ApiTokens.HashOf(token)));
        Assert.DoesNotContain(await db.History.Select(h => h.Facts).ToListAsync(), facts => facts.Contains(token, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, await CallAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(token + "0"));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(null));
    }

    [Fact]
    public async Task The_session_of_a_page_does_not_open_the_api()
    {
        using var browser = await app.SignInAsync("page-only", Role.CaseHandler);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.OpenAsync(Api)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_token_and_one_of_a_disabled_account_open_nothing()
    {
        using var browser = await app.SignInAsync("revoking", Role.CaseHandler);
        var token = await CreateAsync(browser);
        await browser.SubmitAsync("/admin/tokens", new Dictionary<string, string>(), "Revoke");
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(token));

        using var other = await app.SignInAsync("disabled-caller", Role.CaseHandler);
        var theirs = await CreateAsync(other);
        await using (var db = app.Database())
            await db.Users.Where(u => u.UserName == "disabled-caller").ExecuteUpdateAsync(s => s.SetProperty(u => u.Disabled, true));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(theirs));
    }

    [Fact]
    public async Task Nobody_revokes_another_s_token()
    {
        using var owner = await app.SignInAsync("owner", Role.CaseHandler);
        var token = await CreateAsync(owner);
        using var other = await app.SignInAsync("other", Role.SystemAdministrator);
        await using var db = app.Database();
        var id = await db.ApiTokens.Where(t => t.TokenHash == ApiTokens.HashOf(token)).Select(t => t.Id).SingleAsync();
        var page = await other.ReadAsync("/admin/tokens");
        var antiforgery = page.QuerySelector("main input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";

        var answer = await other.Client.PostAsync("/admin/tokens?handler=Revoke", new FormUrlEncodedContent(
            new Dictionary<string, string> { ["id"] = id.ToString(), ["__RequestVerificationToken"] = antiforgery }));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await CallAsync(token));
    }

    [Theory]
    [InlineData("", "30", "#f-Input-Name")]
    [InlineData("x", "", "#f-Input-Days")]
    [InlineData("x", "0", "#f-Input-Days")]
    [InlineData("x", "366", "#f-Input-Days")]
    [InlineData("x", "many", "#f-Input-Days")]
    public async Task Slips_are_shown_at_their_fields(string name, string days, string field)
    {
        using var browser = await app.SignInAsync($"slip{Guid.CreateVersion7():N}", Role.CaseHandler);

        var answer = await browser.SubmitAsync("/admin/tokens", new Dictionary<string, string> { ["Input.Name"] = name, ["Input.Days"] = days });

        Assert.NotEmpty((await Browser.DocumentAsync(answer)).QuerySelectorAll($".error-summary a[href='{field}']"));
    }

    private static async Task<string> CreateAsync(Browser browser)
    {
        await browser.SubmitAsync("/admin/tokens", new Dictionary<string, string> { ["Input.Name"] = "月报", ["Input.Days"] = "30" });
        return (await browser.ReadAsync("/admin/tokens")).QuerySelector("[data-testid=secret]")?.TextContent ?? "";
    }

    private async Task<HttpStatusCode> CallAsync(string? token)
    {
        using var browser = app.Open();
        if (token is not null) browser.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await browser.OpenAsync(Api)).StatusCode;
    }
}
