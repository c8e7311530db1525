using System.Net;
using ExpertPanel.Tests.Server.Api;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Upgrades;

public sealed class UpgradeApiTests : IAsyncLifetime
{
    private const string Path = "/committee/upgrade";

    private AppFactory app = null!; // Set before any test by InitializeAsync.

    public async ValueTask InitializeAsync()
    {
        app = await AppFactory.StartAsync();
        await OlderProgram.LeftAsync(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Another_program_reads_the_differences_and_adopts_both()
    {
        using var admin = await ApiCaller.OfAsync(app, "admin", [Role.SystemAdministrator]);
        var there = await admin.GetAsync(Path);
        Assert.Contains(there.GetProperty("route").EnumerateArray(), d => d.GetProperty("text").GetString()?.Contains("交存随机值", StringComparison.Ordinal) == true);
        Assert.Contains(there.GetProperty("rules").EnumerateArray(), d => d.GetProperty("shipped").GetProperty("key").GetString() == "draw.loadFrom");

        foreach (var part in new[] { "route", "rules" })
            Assert.Equal(2, (await admin.MustAsync($"{Path}/{part}", new { from = there.GetProperty(part + "Version").GetInt32(), reason = "程序更新" })).GetProperty("version").GetInt32());
        var now = await admin.GetAsync(Path);
        Assert.Equal((2, 0, 2, 0), (now.GetProperty("routeVersion").GetInt32(), now.GetProperty("route").GetArrayLength(), now.GetProperty("rulesVersion").GetInt32(), now.GetProperty("rules").GetArrayLength()));
        Assert.Equal(2, (await admin.GetAsync("/committee/route")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task No_reason_an_old_version_and_a_missing_role_are_told_apart()
    {
        using var head = await ApiCaller.OfAsync(app, "head", [Role.DivisionHead]);
        using var handler = await ApiCaller.OfAsync(app, "handler", [Role.CaseHandler]);
        var slip = await ApiCaller.ProblemAsync(await head.PostAsync($"{Path}/rules", new { from = 1 }), HttpStatusCode.BadRequest);
        Assert.True(slip.GetProperty("errors").TryGetProperty("reason", out _));
        await ApiCaller.ProblemAsync(await head.PostAsync($"{Path}/rules", new { from = 4, reason = "程序更新" }), HttpStatusCode.Conflict);
        await ApiCaller.ProblemAsync(await handler.PostAsync($"{Path}/rules", new { from = 1, reason = "程序更新" }), HttpStatusCode.Forbidden);
        await using var db = app.Database();
        Assert.Equal(1, await db.Rules.CountAsync());
    }
}
