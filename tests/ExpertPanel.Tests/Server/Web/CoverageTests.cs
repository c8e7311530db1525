using ExpertPanel.Server.Data;
using ExpertPanel.Server.Reports;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Server.Api;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>全覆盖: covered needs members and adopted rules; each level sees itself and those below.</summary>
public sealed class CoverageTests(AppFactory app) : IClassFixture<AppFactory>
{
    private static readonly DateOnly Today = ChinaTime.LocalDate(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Covered_are_those_with_members_and_adopted_rules_and_no_counties_is_no_division_by_zero()
    {
        var databases = app.Services.GetRequiredService<PanelDbFactory>();
        await using (var db = databases.Create(Guid.Empty))
        {
            await CommitteeSetup.AddPlacesAsync(db, SeedFiles.BesideProgram, CancellationToken.None);
            Assert.Equal(101, await db.Committees.CountAsync());
        }

        // Half of the cities in service; of those in service one has no members, one only default rules, one only a member whose term is over.
        string[] begun = ["620100", "620200", "620300", "620400", "620500", "620600", "620700", "620800", "620900", "621000"];
        foreach (var code in begun) await PutInServiceAsync(databases, code, adopted: code != "620900", members: code != "620800", termTo: code == "621000" ? Today.AddDays(-1) : Today);
        await PutInServiceAsync(databases, "620102", adopted: true, members: true, Today);

        using var statistician = await app.SignInAsync("statistician-c", Role.Statistician);
        var page = (await statistician.ReadAsync("/committees")).QuerySelector("main")!;
        Assert.Contains("14 个市州中，7 个已覆盖（50.00%）", page.TextContent, StringComparison.Ordinal);
        Assert.Contains("86 个县（市、区）中，1 个已覆盖", page.TextContent, StringComparison.Ordinal);
        Assert.Equal(15, page.QuerySelectorAll("ul.coverage > li").Length);
        Assert.Equal(["甘肃省", "兰州市", "嘉峪关市"], page.QuerySelectorAll("ul.coverage > li > a").Take(3).Select(a => a.TextContent));
        Assert.Contains("不设县（区）", page.QuerySelector("#c-620200")?.TextContent, StringComparison.Ordinal);
        Assert.Null(Coverage.Share([]));

        // A city sees itself and its counties, not its neighbours.
        Guid lanzhou;
        await using (var db = databases.Create(Guid.Empty)) lanzhou = await db.Committees.Where(c => c.Code == "620100").Select(c => c.Id).SingleAsync();
        using var city = await ApiCaller.OfAsync(app, "city-c", [Role.Statistician], user => user.TenantId = lanzhou);
        var seen = (await city.GetAsync("/reports/coverage")).GetProperty("committees").EnumerateArray().Select(c => c.GetProperty("code").GetString()).ToList();
        Assert.Equal(9, seen.Count);
        Assert.All(seen, code => Assert.StartsWith("6201", code, StringComparison.Ordinal));
        var covered = (await city.GetAsync("/reports/coverage")).GetProperty("committees").EnumerateArray().Where(c => c.GetProperty("isCovered").GetBoolean()).Select(c => c.GetProperty("code").GetString());
        Assert.Equal(["620100", "620102"], covered);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await city.Client.GetAsync(ApiCaller.Root + "/reports/coverage?year=12")).StatusCode);
    }

    private static async Task PutInServiceAsync(PanelDbFactory databases, string code, bool adopted, bool members, DateOnly termTo)
    {
        Guid id;
        await using (var db = databases.Create(Guid.Empty)) id = await db.Committees.Where(c => c.Code == code).Select(c => c.Id).SingleAsync();
        await using var own = databases.Create(id);
        await CommitteeSetup.AdoptDefaultsAsync(own, await own.Committees.SingleAsync(c => c.Id == id), SeedFiles.BesideProgram, TestPanel.Start, CancellationToken.None);
        if (adopted) own.Rules.Add(new() { Version = 2, Json = await own.Rules.Select(r => r.Json).FirstAsync(), ApprovedBy = "处长", At = TestPanel.Start });
        own.Experts.Add(new() { Id = Guid.CreateVersion7(), BankNumber = "A1", Name = "示例专家", CommitteeMember = members, TermFrom = Today.AddYears(-1), TermTo = termTo });
        await own.SaveChangesAsync();
    }
}
