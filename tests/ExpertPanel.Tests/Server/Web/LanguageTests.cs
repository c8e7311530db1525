using System.Globalization;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class LanguageTests(AppFactory app) : IClassFixture<AppFactory>
{
    [Fact]
    public async Task Chinese_is_first_whatever_the_browser_asks_for()
    {
        using var browser = app.Open();
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-GB");

        var page = await browser.ReadAsync("/login");

        Assert.Equal("zh-CN", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("登录", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_switch_stays_and_leads_back_to_the_same_page()
    {
        using var browser = await app.SignInAsync("bilingual", Role.CaseHandler);
        var page = await browser.ReadAsync("/settings");
        var form = page.QuerySelector("form.language")!;
        var fields = form.QuerySelectorAll("input, button").Select(i => KeyValuePair.Create(i.GetAttribute("name") ?? "", i.GetAttribute("value") ?? ""));

        var answer = await browser.Client.PostAsync("/language", new FormUrlEncodedContent(fields));

        Assert.Equal("/settings", answer.Headers.Location?.OriginalString);
        Assert.Equal("Settings: rules", (await browser.ReadAsync("/settings")).QuerySelector("h1")?.TextContent);
        Assert.Equal("Desk", (await browser.ReadAsync("/desk")).QuerySelector("h1")?.TextContent);
    }

    [Fact]
    public async Task A_language_there_is_not_changes_nothing()
    {
        using var browser = app.Open();
        var token = (await browser.ReadAsync("/login")).QuerySelector("form.language input")?.GetAttribute("value") ?? "";

        var answer = await browser.Client.PostAsync("/language", new FormUrlEncodedContent(
            new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["language"] = "xx", ["returnUrl"] = "https://elsewhere.example" }));

        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("/desk", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("zh-CN", "2015年4月20日", "2015年4月20日 00:30")]
    [InlineData("en", "20 Apr 2015", "20 Apr 2015 00:30")]
    public void Days_and_moments_are_beijing_s_and_written_as_the_language_does(string language, string day, string moment)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(language);
        try
        {
            Assert.Equal(day, Words.Day(new DateOnly(2015, 4, 20)));
            Assert.Equal(moment, Words.Moment(new DateTimeOffset(2015, 4, 19, 16, 30, 0, TimeSpan.Zero)));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
