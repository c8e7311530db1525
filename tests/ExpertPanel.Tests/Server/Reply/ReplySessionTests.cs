using System.Net;
using ExpertPanel.Server.Reply;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Reply;

public sealed class ReplySessionTests
{
    [Fact]
    public async Task A_right_code_opens_the_matter_and_leaves_no_secret_in_the_address()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.EnterAsync();
        var page = await browser.ReadAsync(site.Link() + "/work");
        Assert.Contains(ReplySite.SecretTitle, page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"仅供专家{site.First.ExpertName}审阅", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_the_mailbox_only_in_part()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        var page = await (await site.SubmitAsync(browser, site.Link(), "/code")).Content.ReadAsStringAsync();
        await using var db = site.Panel.Open();
        var address = await db.ExpertAddresses.Where(a => a.ExpertId == site.First.ExpertId && a.Primary).Select(a => a.Address).SingleAsync();
        Assert.DoesNotContain(address, page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(ReplyCodes.Mask(address), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_says_how_many_tries_are_left_and_the_sixth_is_too_many()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        var code = await site.CodeAsync(browser);
        var wrong = code == "123456" ? "654321" : "123456";
        var said = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var page = await Browser.DocumentAsync(await site.SubmitAsync(browser, site.Link() + "/code", "/enter", ("Code", wrong)));
            said.Add(page.QuerySelector("#f-Code-error")!.TextContent);
        }

        Assert.Equal("验证码不正确，还可以再试 4 次。", said[0]);
        Assert.StartsWith("验证码已失效", said[4], StringComparison.Ordinal);
        var late = await site.SubmitAsync(browser, site.Link() + "/code", "/enter", ("Code", code));
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync(site.Link() + "/work")).StatusCode);
    }

    [Fact]
    public async Task A_session_opens_its_own_invitation_and_no_other()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.EnterAsync();
        var other = await browser.OpenAsync(site.Link(site.Second) + "/work");
        Assert.Equal(site.Link(site.Second), other.Headers.Location?.ToString());

        // Nor when its cookie is presented under the other's name.
        var cookie = (await CookieOfAsync(site)).Split('=', 2);
        var forged = $"expertpanel-reply-{site.Second.Id.ToString("N")[^12..]}={cookie[1]}";
        using var request = new HttpRequestMessage(HttpMethod.Get, site.Link(site.Second) + "/work");
        request.Headers.Add("Cookie", forged);
        using var stranger = site.Open();
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Two_matters_can_be_open_side_by_side()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.EnterAsync();
        var code = await site.CodeAsync(browser, site.Second);
        await site.SubmitAsync(browser, site.Link(site.Second) + "/code", "/enter", ("Code", code));
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(site.Link() + "/work")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(site.Link(site.Second) + "/work")).StatusCode);
    }

    [Fact]
    public async Task Two_hours_without_a_sign_of_life_end_the_session()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.EnterAsync();
        site.Panel.Clock.Advance(ReplySession.Idle - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(site.Link() + "/work")).StatusCode);
        site.Panel.Clock.Advance(ReplySession.Idle - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(site.Link() + "/work")).StatusCode);
        site.Panel.Clock.Advance(ReplySession.Idle);
        Assert.Equal(site.Link(), (await browser.OpenAsync(site.Link() + "/work")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Eight_hours_end_the_session_of_the_busiest()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.EnterAsync();
        var pages = 0;
        for (; pages < 20 && (await browser.OpenAsync(site.Link() + "/work")).StatusCode == HttpStatusCode.OK; pages++) site.Panel.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(8, pages);
    }

    [Fact]
    public async Task Leaving_ends_the_session_even_for_a_copied_cookie()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        var code = await site.CodeAsync(browser);
        var entered = await site.SubmitAsync(browser, site.Link() + "/code", "/enter", ("Code", code));
        using var thief = site.Open();
        thief.Client.DefaultRequestHeaders.Add("Cookie", entered.Headers.GetValues("Set-Cookie").Single(c => c.Contains("expertpanel-reply", StringComparison.Ordinal)).Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await thief.OpenAsync(site.Link() + "/work")).StatusCode);

        await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Leave");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync(site.Link() + "/work")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.OpenAsync(site.Link() + "/work")).StatusCode);
    }

    [Theory]
    [InlineData("Development", "http://localhost", "expertpanel-reply-")]
    [InlineData("Production", "https://localhost", "__Secure-expertpanel-reply-")]
    public async Task The_cookie_is_for_these_pages_alone(string environment, string address, string name)
    {
        await using var site = await ReplySite.CreateAsync(environment);
        using var browser = site.App.Open(address);
        var code = await site.CodeAsync(browser);
        var entered = await site.SubmitAsync(browser, site.Link() + "/code", "/enter", ("Code", code));
        var cookie = entered.Headers.GetValues("Set-Cookie").Single(c => c.Contains("expertpanel-reply", StringComparison.Ordinal));
        Assert.StartsWith(name, cookie, StringComparison.Ordinal);
        Assert.Contains("path=/r/", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Equal(environment == "Production", cookie.Contains("secure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Entering_and_failing_to_enter_are_on_record()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        var code = await site.CodeAsync(browser);
        await site.SubmitAsync(browser, site.Link() + "/code", "/enter", ("Code", "nonsense"));
        await site.SubmitAsync(browser, site.Link() + "/code", "/enter", ("Code", code));
        // With no code to try there is nothing to record, or anybody could fill the history.
        for (var i = 0; i < 3; i++) await site.SubmitAsync(browser, site.Link() + "/code", "/enter", ("Code", "nonsense"));
        await using var db = site.Panel.Open();
        var rows = await db.History.Where(h => h.StreamId == site.Panel.TenantId && (h.Command == ReplyAccess.Entered || h.Command == ReplyAccess.Refused)).OrderBy(h => h.Sequence).ToListAsync();
        Assert.Equal([ReplyAccess.Refused, ReplyAccess.Entered], rows.Select(r => r.Command));
        Assert.All(rows, r => Assert.Equal(site.First.ExpertId.ToString(), r.ActorId));
        Assert.All(rows, r => Assert.StartsWith("web ", r.Origin, StringComparison.Ordinal));
    }

    private static async Task<string> CookieOfAsync(ReplySite site)
    {
        using var browser = site.Open();
        var code = await site.CodeAsync(browser);
        var entered = await site.SubmitAsync(browser, site.Link() + "/code", "/enter", ("Code", code));
        return entered.Headers.GetValues("Set-Cookie").Single(c => c.Contains("expertpanel-reply", StringComparison.Ordinal)).Split(';')[0];
    }
}
