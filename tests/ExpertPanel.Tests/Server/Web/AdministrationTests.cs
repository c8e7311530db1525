using System.Net;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class AdministrationTests(AppFactory app) : IClassFixture<AppFactory>
{
    [Fact]
    public async Task An_account_is_created_with_a_password_for_once_and_gets_its_roles_from_somebody_else()
    {
        using var system = await app.SignInAsync("system-1", Role.SystemAdministrator);
        using var security = await app.SignInAsync("security-1", Role.SecurityAdministrator);

        var created = await system.SubmitAsync("/admin/accounts/new", new Dictionary<string, string> { ["Input.UserName"] = "王新人", ["Input.DisplayName"] = "王新人", ["Input.Division"] = "法制一处" });
        var address = created.Headers.Location?.OriginalString ?? "";
        var password = (await system.ReadAsync(address)).QuerySelector("[data-testid=secret]")?.TextContent ?? "";
        Assert.Null((await system.ReadAsync(address)).QuerySelector("[data-testid=secret]"));
        await security.SubmitAsync(address, new Dictionary<string, string> { ["Roles"] = "CaseHandler" }, "Roles");

        using var person = app.Open();
        await person.SignInAsync("王新人", password);
        Assert.Equal("/account/password", (await person.OpenAsync("/desk")).Headers.Location?.OriginalString);
        await person.SubmitAsync("/account/password", new Dictionary<string, string>
        {
            ["Input.Current"] = password, ["Input.Next"] = "my own long sentence 9", ["Input.Repeat"] = "my own long sentence 9",
        });
        Assert.Contains("承办人", (await person.ReadAsync("/desk")).QuerySelector(".roles")?.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "姓名", "#f-Input-UserName")]
    [InlineData("somebody", "", "#f-Input-DisplayName")]
    [InlineData("taken", "姓名", "#f-Input-UserName")]
    public async Task A_slip_in_a_new_account_is_shown_at_its_field(string userName, string displayName, string field)
    {
        if (userName == "taken") await app.AddAccountAsync("taken", [Role.CaseHandler]);
        using var system = await app.SignInAsync($"system{Guid.CreateVersion7():N}", Role.SystemAdministrator);

        var answer = await system.SubmitAsync("/admin/accounts/new", new Dictionary<string, string> { ["Input.UserName"] = userName, ["Input.DisplayName"] = displayName });

        Assert.NotEmpty((await Browser.DocumentAsync(answer)).QuerySelectorAll($".error-summary a[href='{field}']"));
    }

    [Fact]
    public async Task The_three_administrators_keep_to_their_own()
    {
        var account = await app.AddAccountAsync("subject", [Role.CaseHandler]);
        var path = $"/admin/accounts/{account.Id}";
        using var system = await app.SignInAsync("system-2", Role.SystemAdministrator);
        using var security = await app.SignInAsync("security-2", Role.SecurityAdministrator);
        using var audit = await app.SignInAsync("audit-2", Role.AuditAdministrator);

        foreach (var (browser, handler) in new[] { (system, "Roles"), (system, "SecondFactor"), (security, "Password"), (security, "Disable"), (audit, "Roles"), (audit, "Disable") })
        {
            var token = (await browser.ReadAsync("/settings")).QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
            var answer = await browser.Client.PostAsync($"{path}?handler={handler}", new FormUrlEncodedContent(
                new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Roles"] = "Leader", ["disabled"] = "true" }));
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{handler}: {(int)answer.StatusCode}");
        }

        await using var db = app.Database();
        var kept = await db.Users.SingleAsync(u => u.Id == account.Id);
        Assert.False(kept.Disabled);
        Assert.Equal([Role.CaseHandler], kept.Roles);
    }

    [Fact]
    public async Task Nobody_is_two_of_the_three_administrators_or_gives_roles_to_themselves()
    {
        var account = await app.AddAccountAsync("greedy", [Role.CaseHandler]);
        var own = await app.AddAccountAsync("security-3", [Role.SecurityAdministrator]);
        using var security = app.Open();
        await security.SignInAsync("security-3", AppFactory.Password);

        var two = await PostRolesAsync(security, account.Id, "SystemAdministrator", "AuditAdministrator");
        var self = await PostRolesAsync(security, own.Id, "SecurityAdministrator", "Leader");

        Assert.Contains("三类管理员", (await Browser.DocumentAsync(two)).QuerySelector(".error-summary")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("自己", (await Browser.DocumentAsync(self)).QuerySelector(".error-summary")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabling_an_account_ends_its_session_at_the_next_request()
    {
        using var system = await app.SignInAsync("system-4", Role.SystemAdministrator);
        using var person = await app.SignInAsync("leaver", Role.CaseHandler);
        await using var db = app.Database();
        var id = await db.Users.Where(u => u.UserName == "leaver").Select(u => u.Id).SingleAsync();

        await system.SubmitAsync($"/admin/accounts/{id}", new Dictionary<string, string>(), "Disable");

        Assert.Equal(HttpStatusCode.Redirect, (await person.OpenAsync("/desk")).StatusCode);
    }

    [Fact]
    public async Task Every_change_stands_in_the_committee_s_chain()
    {
        await using var own = await AppFactory.StartAsync();
        using var system = await own.SignInAsync("system-5", Role.SystemAdministrator);
        var account = await own.AddAccountAsync("watched", [Role.CaseHandler]);
        var path = $"/admin/accounts/{account.Id}";

        await system.SubmitAsync(path, new Dictionary<string, string>(), "Password");
        await system.SubmitAsync(path, new Dictionary<string, string>(), "Disable");
        await system.SubmitAsync(path, new Dictionary<string, string>(), "Disable");

        await using var db = own.Database();
        var rows = await db.History.Where(h => h.StreamId == own.TenantId).OrderBy(h => h.Sequence).ToListAsync();
        Assert.Equal(["resetPassword", "disableAccount", "enableAccount"], rows.Select(r => r.Command));
        Assert.All(rows, r => Assert.Equal(r.Hash, HistoryChain.HashOf(r)));
        Assert.Equal(rows[0].Hash, rows[1].PreviousHash);
        Assert.Equal(rows[^1].Hash, (await db.Committees.SingleAsync(c => c.Id == own.TenantId)).HistoryHead);
    }

    private static async Task<HttpResponseMessage> PostRolesAsync(Browser browser, Guid id, params string[] roles)
    {
        var page = await browser.ReadAsync($"/admin/accounts/{id}");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
        return await browser.Client.PostAsync($"/admin/accounts/{id}?handler=Roles", new FormUrlEncodedContent(
            [KeyValuePair.Create("__RequestVerificationToken", token), .. roles.Select(r => KeyValuePair.Create("Roles", r))]));
    }
}
