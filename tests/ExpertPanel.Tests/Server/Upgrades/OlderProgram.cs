using System.Text.Json.Nodes;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.House;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Routes;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Route = ExpertPanel.Workflows.Routes.Route;

namespace ExpertPanel.Tests.Server.Upgrades;

/// <summary>What the program left in a database in November 2026, before a draw waited for a beacon: its route, its rules, a draw prepared.</summary>
public static class OlderProgram
{
    public static Route Route { get; } = RouteReader.Read(Read("route")).Route ?? throw new InvalidOperationException("The older route can't be read.");

    public static CommitteeRules Rules { get; } = CommitteeRules.Read(Read("rules")).Rules ?? throw new InvalidOperationException("The older rules can't be read.");

    /// <summary>The committee as that program set it up: the first version of each, under the office's own names.</summary>
    public static async Task LeftAsync(AppFactory app)
    {
        await using var db = app.Database();
        (await db.Routes.SingleAsync()).Json = Read("route");
        var own = (await db.Rules.SingleAsync(), CommitteeRules.Read((await db.Rules.SingleAsync()).Json).Rules);
        own.Item1.Json = CommitteeSetup.ToJson(Rules with { Settings = [.. Rules.Settings.Select(s => s.Key.StartsWith("office.", StringComparison.Ordinal) ? own.Item2?.Setting(s.Key) ?? s : s)] });
        await db.SaveChangesAsync();
    }

    /// <summary>That program's drawings named no beacon.</summary>
    public static async Task WithoutBeaconAsync(AppFactory app, Matter matter)
    {
        await using var db = app.Database();
        var row = await db.Matters.SingleAsync(m => m.Id == matter.Id);
        var state = JsonNode.Parse(row.State)?.AsObject() ?? throw new InvalidOperationException("No state.");
        state["panel"]?.AsObject().Remove("beacon");
        row.State = state.ToJsonString();
        await db.SaveChangesAsync();
        app.Services.GetRequiredService<MatterCache>().Forget(matter.Id);
    }

    private static string Read(string name) => Repository.Read($"tests/ExpertPanel.Tests/Server/Upgrades/Samples/{name}.json");
}
