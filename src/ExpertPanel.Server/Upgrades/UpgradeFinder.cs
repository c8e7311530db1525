using System.Collections.Concurrent;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Routes;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Upgrades;

/// <summary>What the program brings that the committee has not adopted.</summary>
/// <param name="Own">The committee's newest route, as stored.</param>
public sealed record Upgrade(Route Own, Route Shipped, IReadOnlyList<RouteDifference> RouteChanges, int RulesVersion, IReadOnlyList<SettingDifference> RuleChanges)
{
    public bool IsThere => RouteChanges.Count + RuleChanges.Count > 0;
}

/// <summary>
/// Compares what a committee has with what the program brings, by what it says and not by a number: whoever edits a seed can't forget to
/// count. A version never changes once written, so each pair is compared once.
/// </summary>
public sealed class UpgradeFinder(ShippedDefaults shipped, CommitteeSettings settings)
{
    private readonly ConcurrentDictionary<(Guid Tenant, string Route, int RouteVersion, int RulesVersion), Upgrade> known = new();

    public async Task<Upgrade> FindAsync(PanelDb db, CancellationToken cancellationToken)
    {
        var newest = await settings.NewestAsync(db, cancellationToken);
        var key = (db.TenantId, newest.RouteId, newest.RouteVersion, newest.RulesVersion);
        if (known.TryGetValue(key, out var found)) return found;
        var stored = await db.Routes.Where(r => r.RouteId == newest.RouteId && r.Version == newest.RouteVersion).Select(r => r.Json).SingleAsync(cancellationToken);
        var own = RouteReader.Read(stored).Route ?? throw new InvalidOperationException($"Route {newest.RouteId} v{newest.RouteVersion} can't be read.");
        var committee = await db.Committees.AsNoTracking().SingleAsync(c => c.Id == db.TenantId, cancellationToken);
        var rules = await settings.RulesAsync(db, newest.RulesVersion, cancellationToken);
        var brought = shipped.Route;
        // A route of another name is the committee's own; the program has nothing newer of it.
        return known[key] = new(
            own, brought, own.Id == brought.Id ? RouteUpdate.Differences(own, brought) : [],
            newest.RulesVersion, RulesUpdate.Differences(rules, shipped.RulesFor(committee)));
    }
}
