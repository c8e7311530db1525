using System.Net;
using ExpertPanel.Workflows;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class SecondFactorTests : IAsyncLifetime
{
    private AppFactory app = null!; // Set before any test by InitializeAsync.

    public async ValueTask InitializeAsync() =>
        app = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["Accounts:SecondFactor"] = "true" });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Staff_must_enrol_before_anything_else()
    {
        using var browser = await app.SignInAsync("new-staff", Role.CaseHandler);

        foreach (var path in new[] { "/desk", "/settings", "/account/password" })
        {
            var answer = await browser.OpenAsync(path);
            Assert.Equal("/account/totp", answer.Headers.Location?.OriginalString);
        }
    }

    [Fact]
    public async Task A_sponsor_signs_in_without_one()
    {
        using var browser = await app.SignInAsync("sponsor", Role.Sponsor);

        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/desk")).StatusCode);
    }

    [Fact]
    public async Task Enrolling_shows_recovery_codes_once_and_opens_the_desk()
    {
        using var browser = await app.SignInAsync("enrolling", Role.CaseHandler);

        var (_, codes) = await EnrolAsync(browser);

        Assert.Equal(8, codes.Count);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/desk")).StatusCode);
        Assert.Empty((await browser.ReadAsync("/account/totp")).QuerySelectorAll(".codes li"));
    }

    [Fact]
    public async Task A_wrong_code_does_not_enrol_and_keeps_the_offered_key()
    {
        using var browser = await app.SignInAsync("clumsy", Role.CaseHandler);
        var page = await browser.ReadAsync("/account/totp");
        var form = Fields(page, "000000");

        var answer = await Browser.DocumentAsync(await browser.Client.PostAsync("/account/totp", new FormUrlEncodedContent(form)));

        Assert.NotEmpty(answer.QuerySelectorAll(".error-summary a[href='#f-Code']"));
        Assert.Equal(page.QuerySelector(".key")?.TextContent, answer.QuerySelector(".key")?.TextContent);
        Assert.Equal("/account/totp", (await browser.OpenAsync("/desk")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_key_that_was_not_offered_cannot_be_enrolled()
    {
        using var browser = await app.SignInAsync("forger", Role.CaseHandler);
        var form = Fields(await browser.ReadAsync("/account/totp"), Totp.Code("JBSWY3DPEHPK3PXP"));
        form["Sealed"] = "JBSWY3DPEHPK3PXP";

        var answer = await Browser.DocumentAsync(await browser.Client.PostAsync("/account/totp", new FormUrlEncodedContent(form)));

        Assert.NotEmpty(answer.QuerySelectorAll(".error-summary"));
        Assert.Empty(answer.QuerySelectorAll(".codes li"));
    }

    [Fact]
    public async Task Signing_in_asks_for_a_code_and_takes_each_code_once()
    {
        using (var first = await app.SignInAsync("twice", Role.CaseHandler))
        {
            var (key, _) = await EnrolAsync(first);
            using var second = app.Open();
            Assert.Equal("/login/totp", await PasswordAsync(second, "twice"));
            Assert.Equal(HttpStatusCode.Redirect, (await second.OpenAsync("/desk")).StatusCode);

            // The code that enrolled is used up; the next one is not.
            var next = Totp.Code(key, 1);
            Assert.Equal(HttpStatusCode.OK, (await CodeAsync(second, Totp.Code(key))).StatusCode);
            Assert.Equal("/desk", (await CodeAsync(second, next)).Headers.Location?.OriginalString);
            Assert.Equal(HttpStatusCode.OK, (await second.OpenAsync("/desk")).StatusCode);

            using var thief = app.Open();
            await PasswordAsync(thief, "twice");
            Assert.Equal(HttpStatusCode.OK, (await CodeAsync(thief, next)).StatusCode);
            Assert.Equal(HttpStatusCode.Redirect, (await thief.OpenAsync("/desk")).StatusCode);
        }
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        using var first = await app.SignInAsync("lost-phone", Role.CaseHandler);
        var (_, codes) = await EnrolAsync(first);
        using var second = app.Open();
        await PasswordAsync(second, "lost-phone");
        Assert.Equal("/desk", (await CodeAsync(second, codes[0])).Headers.Location?.OriginalString);

        using var third = app.Open();
        await PasswordAsync(third, "lost-phone");
        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(third, codes[0])).StatusCode);
    }

    [Fact]
    public async Task A_code_without_the_password_leads_back_to_the_password()
    {
        using var browser = app.Open();

        Assert.Equal("/login", (await browser.OpenAsync("/login/totp")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account()
    {
        using var first = await app.SignInAsync("guessed", Role.CaseHandler);
        var (key, _) = await EnrolAsync(first);
        using var second = app.Open();
        await PasswordAsync(second, "guessed");
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.OK, (await CodeAsync(second, "000000")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(second, Totp.Code(key, 1))).StatusCode);
    }

    private static async Task<(string Key, IReadOnlyList<string> RecoveryCodes)> EnrolAsync(Browser browser)
    {
        var page = await browser.ReadAsync("/account/totp");
        var key = page.QuerySelector(".key")?.TextContent ?? "";
        Assert.StartsWith("data:image/svg+xml;base64,", page.QuerySelector("img.qr")?.GetAttribute("src"), StringComparison.Ordinal);
        var answer = await browser.Client.PostAsync("/account/totp", new FormUrlEncodedContent(Fields(page, Totp.Code(key))));
        return (key, [.. (await Browser.DocumentAsync(answer)).QuerySelectorAll(".codes li").Select(c => c.TextContent.Trim())]);
    }

    private static Dictionary<string, string> Fields(AngleSharp.Html.Dom.IHtmlDocument page, string code) => new()
    {
        ["__RequestVerificationToken"] = page.QuerySelector("main input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "",
        ["Sealed"] = page.QuerySelector("input[name=Sealed]")?.GetAttribute("value") ?? "",
        ["Code"] = code,
    };

    private static async Task<string?> PasswordAsync(Browser browser, string name) => (await browser.SubmitAsync(
        "/login", new Dictionary<string, string> { ["Input.Name"] = name, ["Input.Password"] = AppFactory.Password })).Headers.Location?.OriginalString;

    private static Task<HttpResponseMessage> CodeAsync(Browser browser, string code) =>
        browser.SubmitAsync("/login/totp", new Dictionary<string, string> { ["Code"] = code });
}
