using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Routes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Cli;

/// <summary>The demo province as <c>seed demo</c> leaves it; one seeded database for all of it.</summary>
[Collection(VerbCollection.Name)]
public sealed class DemoProvinceTests(SeededFile file)
{
    [Fact]
    public async Task It_has_14_cities_370_visibly_made_up_experts_and_17_seats()
    {
        using var databases = file.Open();
        await using (var all = databases.Create(Guid.Empty))
            Assert.Equal((1, 14), (await all.Committees.CountAsync(c => c.Level == "province"), await all.Committees.CountAsync(c => c.Level == "prefecture")));
        await using var db = databases.Create(await ProvinceAsync(databases));
        Assert.Equal((370, 17), (await db.Experts.CountAsync(), await db.Experts.CountAsync(e => e.CommitteeMember)));
        Assert.Equal(0, await db.Experts.CountAsync(e => !e.Name.StartsWith("示例专家")));
        Assert.Equal(0, await db.ExpertAddresses.CountAsync(a => !a.Address.EndsWith(".test") && !a.Address.EndsWith(".example")));
    }

    [Fact]
    public async Task A_matter_stands_in_every_stage_where_one_can_rest()
    {
        using var databases = file.Open();
        await using var db = databases.Create(await ProvinceAsync(databases));
        var (route, _) = RouteReader.Read(await db.Routes.OrderByDescending(r => r.Version).Select(r => r.Json).FirstAsync());
        var passing = route!.Stages.Where(s => s.Commands.Any(c => route.Follows.Any(f => f.On == "panelDrawn" && f.Run == c.Run))).Select(s => s.Id).ToList();

        var stages = await db.Matters.Select(m => m.Stage).Distinct().ToListAsync();

        Assert.Equal(["inviting"], passing); // Left in the transaction that enters it.
        Assert.Equal(route.Stages.Select(s => s.Id).Except(passing).Order(StringComparer.Ordinal), stages.Order(StringComparer.Ordinal));
        Assert.True(await db.Matters.CountAsync(m => m.Suspended) > 0);
        Assert.True(await db.Matters.CountAsync(m => m.OpenSlips > 0) > 0);
    }

    [Fact]
    public async Task Seeding_again_changes_nothing()
    {
        using var databases = file.Open();
        var tenant = await ProvinceAsync(databases);
        var before = await RowsAsync(databases, tenant);

        await VerbRun.MustAsync("seed", "demo", "--db", file.Database);

        Assert.Equal(before, await RowsAsync(databases, tenant));
    }

    [Fact]
    public async Task Its_history_is_intact_and_no_letter_leaves_for_a_real_address()
    {
        var audit = (await VerbRun.MustAsync("verify-audit", "--json", "--committee", "620000", "--db", file.Database)).Json;

        Assert.Equal("intact", audit.GetProperty("audit").GetString());
        Assert.True(audit.GetProperty("rows").GetInt32() > 300);
        using var databases = file.Open();
        await using var db = databases.Create(await ProvinceAsync(databases));
        Assert.True(await db.Letters.AnyAsync());
        Assert.Empty(await db.Letters.Where(l => l.ToAddress != "" && !l.ToAddress.EndsWith(".test") && !l.ToAddress.EndsWith(".example")).Select(l => l.ToAddress).ToListAsync());
    }

    private static async Task<Guid> ProvinceAsync(PanelDbFactory databases)
    {
        await using var db = databases.Create(Guid.Empty);
        return await db.Committees.Where(c => c.Code == "620000").Select(c => c.Id).SingleAsync();
    }

    private static async Task<(int, int, int, int, int, int)> RowsAsync(PanelDbFactory databases, Guid tenant)
    {
        await using var db = databases.Create(tenant);
        return (await db.Experts.CountAsync(), await db.Matters.CountAsync(), await db.History.CountAsync(), await db.Letters.CountAsync(), await db.Timers.CountAsync(),
            await db.Users.CountAsync(u => u.TenantId == tenant));
    }
}
