using System.Net;
using System.Security.Claims;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class DelegationTests(AppFactory app) : IClassFixture<AppFactory>
{
    private static readonly DateOnly Today = ChinaTime.LocalDate(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_delegate_acts_as_the_leader_where_the_own_roles_do_not_suffice()
    {
        using var leader = await app.SignInAsync("leader-1", Role.Leader);
        var delegated = await app.AddAccountAsync("delegate-1", [Role.CaseHandler]);

        await DelegateAsync(leader, delegated.Id, Today, Today);

        var me = await SignedInAsync(delegated);
        var signing = me.ActingAs([Role.Leader]);
        Assert.True(signing.Is(Role.Leader));
        Assert.Equal("leader-1", signing.OnBehalfOf?.Name);
        Assert.Null(me.ActingAs([Role.CaseHandler, Role.Leader]).OnBehalfOf);
        Assert.False(me.ActingAs([Role.Archivist]).Is(Role.Leader));
        using var browser = app.Open();
        await browser.SignInAsync("delegate-1", AppFactory.Password);
        Assert.Contains("代行leader-1", (await browser.ReadAsync("/desk")).QuerySelector(".delegated")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delegation_holds_on_its_days_only_and_ends_when_ended()
    {
        using var leader = await app.SignInAsync("leader-2", Role.Leader);
        var (later, ended) = (await app.AddAccountAsync("later", [Role.CaseHandler]), await app.AddAccountAsync("ended", [Role.CaseHandler]));
        await DelegateAsync(leader, later.Id, Today.AddDays(1), Today.AddDays(2));
        await DelegateAsync(leader, ended.Id, Today, Today.AddDays(2));
        Assert.NotEmpty((await SignedInAsync(ended)).Delegations);

        await using (var db = app.Database())
        {
            var id = await db.Delegations.Where(d => d.ToUserId == ended.Id).Select(d => d.Id).SingleAsync();
            var page = await leader.ReadAsync("/admin/delegations");
            var form = page.QuerySelectorAll("main form").Single(f => f.QuerySelector($"input[value='{id}']") is not null);
            await leader.Client.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(
                form.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name") ?? "", i.GetAttribute("value") ?? ""))));
        }

        Assert.Empty((await SignedInAsync(later)).Delegations);
        Assert.Empty((await SignedInAsync(ended)).Delegations);
    }

    [Fact]
    public async Task Roles_that_are_not_one_s_own_cannot_be_delegated()
    {
        using var head = await app.SignInAsync("head-3", Role.DivisionHead);
        var other = await app.AddAccountAsync("other-3", [Role.CaseHandler]);

        var answer = await SubmitAsync(head, other.Id, Role.Leader, Today, Today, "休假");

        Assert.Equal(["#f-Input-Role"], await ProblemsAsync(answer));
    }

    [Fact]
    public async Task Slips_are_shown_at_their_fields()
    {
        using var leader = await app.SignInAsync("leader-4", Role.Leader);

        var answer = await SubmitAsync(leader, null, Role.Leader, Today.AddDays(-1), Today.AddDays(-2), "");

        Assert.Equal(["#f-Input-FirstDay", "#f-Input-LastDay", "#f-Input-Reason", "#f-Input-To"], (await ProblemsAsync(answer)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_leader_s_role_taken_away_takes_the_delegation_with_it()
    {
        using var leader = await app.SignInAsync("leader-5", Role.Leader);
        var delegated = await app.AddAccountAsync("delegate-5", [Role.CaseHandler]);
        await DelegateAsync(leader, delegated.Id, Today, Today);
        await using (var db = app.Database())
        {
            var row = await db.Users.SingleAsync(u => u.UserName == "leader-5");
            row.Roles = [Role.CaseHandler];
            await db.SaveChangesAsync();
        }

        Assert.Empty((await SignedInAsync(delegated)).Delegations);
    }

    private async Task<SignedIn> SignedInAsync(AppUser user)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.EnterTenant(app.TenantId);
        var principal = new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, user.Id.ToString()), new(AccountClaims.DisplayName, user.DisplayName), .. user.Roles.Select(r => new Claim(ClaimTypes.Role, r.ToString()))], "test"));
        return await scope.ServiceProvider.GetRequiredService<ActorFactory>().MakeAsync(principal, "web test", CancellationToken.None);
    }

    private static async Task DelegateAsync(Browser leader, Guid to, DateOnly first, DateOnly last)
    {
        var answer = await SubmitAsync(leader, to, Role.Leader, first, last, "出差");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> SubmitAsync(Browser browser, Guid? to, Role role, DateOnly first, DateOnly last, string reason) =>
        browser.SubmitAsync("/admin/delegations", new Dictionary<string, string>
        {
            ["Input.To"] = to?.ToString() ?? "", ["Input.Role"] = role.ToString(), ["Input.FirstDay"] = $"{first:yyyy-MM-dd}", ["Input.LastDay"] = $"{last:yyyy-MM-dd}", ["Input.Reason"] = reason,
        });

    private static async Task<List<string?>> ProblemsAsync(HttpResponseMessage answer) =>
        [.. (await Browser.DocumentAsync(answer)).QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href"))];
}
