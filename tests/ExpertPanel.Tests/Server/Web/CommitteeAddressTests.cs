using System.Net;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>An address carries the committee; who belongs to several switches, and nobody else gets in.</summary>
public sealed class CommitteeAddressTests(AppFactory app) : IClassFixture<AppFactory>, IAsyncLifetime
{
    private static readonly SemaphoreSlim Once = new(1, 1);
    private static Guid lanzhou;

    public async ValueTask InitializeAsync()
    {
        await Once.WaitAsync();
        try
        {
            await using var db = app.Services.GetRequiredService<PanelDbFactory>().Create(Guid.Empty);
            lanzhou = await db.Committees.Where(c => c.Code == "620100").Select(c => c.Id).SingleOrDefaultAsync();
            if (lanzhou == Guid.Empty) lanzhou = await app.AddCommitteeAsync("620100", "兰州市", "prefecture");
        }
        finally
        {
            Once.Release();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task One_s_own_committee_may_be_named_in_the_address_and_its_links_stay_there()
    {
        using var clerk = await app.SignInAsync("clerk-a", Role.RegistryClerk);
        var page = await clerk.ReadAsync("/t/620000/desk");
        var menu = page.QuerySelectorAll("nav.menu a").Select(a => a.GetAttribute("href")).ToList();
        Assert.NotEmpty(menu);
        Assert.All(menu, href => Assert.StartsWith("/t/620000/", href, StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("nav.places"));
        Assert.All((await clerk.ReadAsync("/desk")).QuerySelectorAll("nav.menu a"), a => Assert.DoesNotContain("/t/", a.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await clerk.OpenAsync("/t/620000/css/site.css")).StatusCode);
    }

    [Theory]
    [InlineData("/t/620100/desk"), InlineData("/t/620100/matters"), InlineData("/t/999999/desk"), InlineData("/t/620100/account/password")]
    public async Task A_committee_that_one_doesn_t_belong_to_is_answered_as_one_that_isn_t_there(string address)
    {
        using var stranger = await app.SignInAsync("stranger-" + address.GetHashCode(StringComparison.Ordinal), Role.RegistryClerk, Role.Secretariat);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Who_is_let_in_switches_has_the_roles_given_there_and_is_out_at_once_when_it_ends()
    {
        await app.AddAccountAsync("security-lz", [Role.SecurityAdministrator], user => user.TenantId = lanzhou);
        using var helper = await app.SignInAsync("helper", Role.RegistryClerk, Role.Leader);
        using var security = app.Open();
        await security.SignInAsync("security-lz", AppFactory.Password);

        var wrong = await Browser.DocumentAsync(await security.SubmitAsync("/admin/members", new Dictionary<string, string> { ["Input.UserName"] = "nobody", ["Input.Roles"] = "CaseHandler" }));
        Assert.Contains("其他委员会中没有这个账号", wrong.Body?.TextContent, StringComparison.Ordinal);
        Assert.Contains("请填写事由", wrong.Body?.TextContent, StringComparison.Ordinal);
        var added = await security.SubmitAsync("/admin/members", new Dictionary<string, string>
        {
            ["Input.UserName"] = "helper", ["Input.Roles"] = "Secretariat", ["Input.Division"] = "秘书处", ["Input.Reason"] = "帮助兰州市组建",
        });
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);

        var desk = await helper.ReadAsync("/t/620100/desk");
        Assert.Contains("兰州市人民政府法制办公室", desk.QuerySelector(".brand")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(["/t/620000/desk", "/t/620100/desk"], desk.QuerySelectorAll("nav.places a").Select(a => a.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.OK, (await helper.OpenAsync("/t/620100/holding-pen")).StatusCode);
        // A leader at home, but not there; a clerk at home, but not there.
        Assert.Equal(HttpStatusCode.Forbidden, (await helper.OpenAsync("/t/620100/matters/register")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await helper.OpenAsync("/holding-pen")).StatusCode);
        // The account itself is kept at home.
        var account = await helper.OpenAsync("/t/620100/account/password");
        Assert.Equal("/account/password", account.Headers.Location?.OriginalString);

        var form = (await security.ReadAsync("/admin/members")).QuerySelectorAll("main form").Single(f => f.QuerySelector("input[name=id]") is not null);
        await security.Client.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(
            form.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name") ?? "", i.GetAttribute("value") ?? ""))));
        Assert.Equal(HttpStatusCode.NotFound, (await helper.OpenAsync("/t/620100/desk")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await helper.OpenAsync("/desk")).StatusCode);
    }

    [Fact]
    public async Task A_stranger_signs_in_and_arrives_where_the_address_led()
    {
        await app.AddAccountAsync("arrives", [Role.RegistryClerk]);
        using var browser = app.Open();
        var sent = await browser.OpenAsync("/t/620000/desk");
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var login = sent.Headers.Location!;
        var answer = await browser.SubmitAsync(login.IsAbsoluteUri ? login.PathAndQuery : login.OriginalString, new Dictionary<string, string> { ["Input.Name"] = "arrives", ["Input.Password"] = AppFactory.Password });
        Assert.Equal("/t/620000/desk", answer.Headers.Location?.OriginalString);
    }
}
