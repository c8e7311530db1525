using System.Net;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Api;

public sealed class ApiAccessTests(AppFactory app) : IClassFixture<AppFactory>
{
    [Fact]
    public async Task Without_a_token_the_answer_is_a_problem_and_says_how_to_sign_in()
    {
        using var browser = app.Open();

        var answer = await browser.OpenAsync("/api/v1/matters");

        await ApiCaller.ProblemAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_session_of_the_pages_opens_nothing_here()
    {
        using var browser = await app.SignInAsync("页面人员", Role.RegistryClerk);

        await ApiCaller.ProblemAsync(await browser.OpenAsync("/api/v1/matters"), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_revoked_an_expired_and_a_disabled_accounts_token_open_nothing()
    {
        using var revoked = await ApiCaller.OfAsync(app, "revoked", [Role.CaseHandler], token: t => t.RevokedAt = DateTimeOffset.UnixEpoch);
        using var expired = await ApiCaller.OfAsync(app, "expired", [Role.CaseHandler], token: t => t.ExpiresAt = DateTimeOffset.UnixEpoch);
        using var disabled = await ApiCaller.OfAsync(app, "disabled", [Role.CaseHandler], user => user.Disabled = true);

        foreach (var caller in new[] { revoked, expired, disabled })
            await ApiCaller.ProblemAsync(await caller.Client.GetAsync(ApiCaller.Root + "/me"), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_says_who_holds_it()
    {
        using var caller = await ApiCaller.OfAsync(app, "本人", [Role.CaseHandler, Role.Statistician], user => user.Division = "法制一处");

        var me = await caller.GetAsync("/me");

        Assert.Equal(("本人", "法制一处", "620000"), (me.GetProperty("name").GetString(), me.GetProperty("division").GetString(), me.GetProperty("committee").GetString()));
        Assert.Equal(["caseHandler", "statistician"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
    }

    [Theory]
    [InlineData("/experts")]
    [InlineData("/letters")]
    [InlineData("/held-mails")]
    [InlineData("/committee/history")]
    [InlineData("/people")]
    public async Task A_sponsor_is_refused_what_is_the_offices(string path)
    {
        using var sponsor = await ApiCaller.OfAsync(app, "送审" + path, [Role.Sponsor], user => user.SponsoringUnit = "示例省环保厅");

        await ApiCaller.ProblemAsync(await sponsor.Client.GetAsync(ApiCaller.Root + path), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Another_committees_matter_is_answered_like_one_that_never_was()
    {
        using var clerk = await ApiCaller.OfAsync(app, "收文员甲", [Role.RegistryClerk]);
        var number = (await clerk.MustAsync("/matters", ApiBodies.Registration())).GetProperty("number").GetString();
        var elsewhere = await app.AddCommitteeAsync("620900", "酒泉市", "prefecture");
        using var stranger = await ApiCaller.OfAsync(app, "外地人员", [Role.CaseHandler, Role.DivisionHead, Role.RegistryClerk], user => user.TenantId = elsewhere);

        foreach (var path in new[] { "/matters/{0}", "/matters/{0}/history", "/matters/{0}/draw", "/matters/{0}/documents/opinion" })
            Assert.Equal(await NotFoundAsync(stranger, string.Format(null, path, "620000-1999-0001")), await NotFoundAsync(stranger, string.Format(null, path, number)));
        var command = await stranger.PostAsync($"/matters/{number}/commands/startPreCheck", new { });
        await ApiCaller.ProblemAsync(command, HttpStatusCode.NotFound);
        Assert.Equal(0, (await stranger.GetAsync("/matters")).GetProperty("total").GetInt32());
        await using var db = app.Database();
        Assert.Equal("registered", await db.Matters.Where(m => m.Number == number).Select(m => m.Stage).SingleAsync());
    }

    [Fact]
    public async Task A_sponsor_sees_its_own_units_matters_and_not_who_reviews_them()
    {
        using var sponsor = await ApiCaller.OfAsync(app, "环保厅经办", [Role.Sponsor], user => user.SponsoringUnit = "示例环保单位");
        using var clerk = await ApiCaller.OfAsync(app, "收文员乙", [Role.RegistryClerk]);
        await clerk.MustAsync("/matters", ApiBodies.Registration("示例别家事项"));

        var registration = ApiBodies.Registration("示例自家事项");
        var number = (await sponsor.MustAsync("/matters", registration)).GetProperty("number").GetString();
        var list = await sponsor.GetAsync("/matters");
        var matter = (await sponsor.GetAsync($"/matters/{number}")).GetProperty("matter");

        Assert.Equal("示例自家事项", Assert.Single(list.GetProperty("items").EnumerateArray().ToList()).GetProperty("title").GetString());
        Assert.Equal("示例环保单位", matter.GetProperty("submission").GetProperty("sponsoringUnit").GetString());
        Assert.Equal("web", matter.GetProperty("submission").GetProperty("channel").GetString());
        Assert.False(matter.TryGetProperty("panel", out _));
    }

    private static async Task<string> NotFoundAsync(ApiCaller caller, string path)
    {
        var problem = await ApiCaller.ProblemAsync(await caller.Client.GetAsync(ApiCaller.Root + path), HttpStatusCode.NotFound);
        return string.Join('\n', problem.EnumerateObject().Where(p => p.Name != "traceId").Select(p => p.ToString()));
    }
}
