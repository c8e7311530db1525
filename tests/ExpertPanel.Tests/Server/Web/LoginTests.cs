using System.Net;
using ExpertPanel.Workflows;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class LoginTests(AppFactory app) : IClassFixture<AppFactory>
{
    [Fact]
    public async Task The_right_password_opens_the_desk()
    {
        using var browser = await app.SignInAsync("张登录", Role.CaseHandler);

        var desk = await browser.ReadAsync("/desk");

        Assert.Equal("工作台", desk.QuerySelector("h1")?.TextContent);
        Assert.Contains("甘肃省人民政府法制办公室", desk.QuerySelector("header")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("承办人", desk.QuerySelector(".roles")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        await app.AddAccountAsync("known", [Role.CaseHandler]);
        using var browser = app.Open();

        var wrong = await RefusedAsync(browser, "known", "not the password");
        var unknown = await RefusedAsync(browser, "nobody", "not the password");

        Assert.Equal(wrong, unknown);
        Assert.NotEmpty(wrong);
    }

    [Fact]
    public async Task Five_wrong_tries_lock_the_account_even_for_the_right_password_and_it_looks_the_same()
    {
        await app.AddAccountAsync("locked", [Role.CaseHandler]);
        using var browser = app.Open();
        var first = await RefusedAsync(browser, "locked", "wrong 1");
        for (var i = 2; i <= 5; i++) await RefusedAsync(browser, "locked", $"wrong {i}");

        var right = await RefusedAsync(browser, "locked", AppFactory.Password);

        Assert.Equal(first, right);
    }

    [Fact]
    public async Task A_disabled_account_cannot_sign_in()
    {
        await app.AddAccountAsync("disabled", [Role.CaseHandler], u => u.Disabled = true);
        using var browser = app.Open();

        Assert.NotEmpty(await RefusedAsync(browser, "disabled", AppFactory.Password));
    }

    [Fact]
    public async Task An_empty_form_is_answered_at_its_fields()
    {
        using var browser = app.Open();

        var answer = await browser.SubmitAsync("/login", new Dictionary<string, string> { ["Input.Name"] = "", ["Input.Password"] = "" });

        var page = await Browser.DocumentAsync(answer);
        Assert.Equal(["#f-Input-Name", "#f-Input-Password"], page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
        Assert.Equal("true", page.QuerySelector("#f-Input-Name")?.GetAttribute("aria-invalid"));
        Assert.Equal("请填写用户名。", page.QuerySelector("#f-Input-Name-error")?.TextContent);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    public async Task No_other_site_gets_a_visitor_from_the_login(string returnUrl)
    {
        var name = "return" + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(returnUrl)))[..8];
        await app.AddAccountAsync(name, [Role.CaseHandler]);
        using var browser = app.Open();

        var answer = await browser.SubmitAsync(
            "/login?returnUrl=" + Uri.EscapeDataString(returnUrl), new Dictionary<string, string> { ["Input.Name"] = name, ["Input.Password"] = AppFactory.Password });

        Assert.Equal("/desk", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Login_leads_back_to_the_page_that_asked_for_it()
    {
        await app.AddAccountAsync("returning", [Role.SystemAdministrator]);
        using var browser = app.Open();
        var asked = await browser.OpenAsync("/admin/accounts?q=x");
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);

        var answer = await browser.SubmitAsync(
            asked.Headers.Location!.PathAndQuery, new Dictionary<string, string> { ["Input.Name"] = "returning", ["Input.Password"] = AppFactory.Password });

        Assert.Equal("/admin/accounts?q=x", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_a_copied_cookie_too()
    {
        using var browser = await app.SignInAsync("leaving", Role.CaseHandler);
        var page = await browser.ReadAsync("/desk");
        var token = page.QuerySelector("form[action='/logout'] input")?.GetAttribute("value") ?? "";
        using var copy = app.Open();
        await copy.SignInAsync("leaving", AppFactory.Password);

        var answer = await browser.Client.PostAsync("/logout", new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token }));

        Assert.Equal("/login", answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync("/desk")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await copy.OpenAsync("/desk")).StatusCode);
    }

    [Fact]
    public async Task Sign_ins_are_logged_by_id_and_never_by_name()
    {
        var account = await app.AddAccountAsync("discreet-name", [Role.CaseHandler]);
        using var browser = app.Open();
        await RefusedAsync(browser, "discreet-name", "wrong");
        await browser.SignInAsync("discreet-name", AppFactory.Password);

        var log = app.Log.Value;

        Assert.Contains(log, l => l.Contains($"Sign-in refused for {account.Id}", StringComparison.Ordinal) && l.Contains("wrong-password", StringComparison.Ordinal));
        Assert.Contains(log, l => l.Contains($"Password accepted for {account.Id}", StringComparison.Ordinal));
        Assert.DoesNotContain(log, l => l.Contains("discreet-name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_password_tried_on_many_names_is_stopped_by_the_address()
    {
        await using var strict = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["Accounts:WrongTriesPerAddress"] = "3" });
        await strict.AddAccountAsync("sprayed", [Role.CaseHandler]);
        using var browser = strict.Open();
        for (var i = 0; i < 3; i++) await RefusedAsync(browser, $"name{i}", "Spring2026 everyone");

        Assert.NotEmpty(await RefusedAsync(browser, "sprayed", AppFactory.Password));
    }

    [Fact]
    public async Task A_flood_of_tries_is_told_to_wait()
    {
        await using var strict = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["RateLimits:LoginPerMinute"] = "2" });
        using var browser = strict.Open();
        for (var i = 0; i < 2; i++) await RefusedAsync(browser, "anybody", "wrong");

        var answer = await browser.SubmitAsync("/login", new Dictionary<string, string> { ["Input.Name"] = "anybody", ["Input.Password"] = "wrong" });

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("操作过于频繁", (await Browser.DocumentAsync(answer)).QuerySelector("h1")?.TextContent);
    }

    private static async Task<string> RefusedAsync(Browser browser, string name, string password)
    {
        var answer = await browser.SubmitAsync("/login", new Dictionary<string, string> { ["Input.Name"] = name, ["Input.Password"] = password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await Browser.DocumentAsync(answer)).QuerySelector(".error-summary")?.TextContent.Trim() ?? "";
    }
}
