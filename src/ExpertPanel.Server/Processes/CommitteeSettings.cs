using System.Collections.Concurrent;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Deadlines;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Routes;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>A committee's routes, rules and calendar. Versions never change once written, so they are read once; only "the newest" is asked anew.</summary>
public sealed class CommitteeSettings(CalendarStore calendars, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(Guid Tenant, string Route, int Version), Route> routes = new();
    private readonly ConcurrentDictionary<(Guid Tenant, int Version), CommitteeRules> rules = new();
    private readonly ConcurrentDictionary<Guid, Newest> newest = new();
    private readonly ConcurrentDictionary<Guid, (WorkingCalendar Calendar, long AskedAt)> overlays = new();

    /// <summary>A new version was written: ask again. Other nodes notice within a minute.</summary>
    public void Forget(Guid tenant)
    {
        newest.TryRemove(tenant, out _);
        overlays.TryRemove(tenant, out _);
    }

    public async Task<Newest> NewestAsync(PanelDb db, CancellationToken ct)
    {
        if (newest.TryGetValue(db.TenantId, out var known) && IsFresh(known.AskedAt)) return known;
        var route = await db.Routes.OrderByDescending(r => r.Version).Select(r => new { r.RouteId, r.Version }).FirstOrDefaultAsync(ct)
            ?? throw new InvalidOperationException("This committee has no route; run the verb 'seed' or adopt one.");
        var version = await db.Rules.MaxAsync(r => (int?)r.Version, ct) ?? throw new InvalidOperationException("This committee has no rules.");
        return newest[db.TenantId] = new(route.RouteId, route.Version, version, clock.GetTimestamp());
    }

    /// <summary>As the matters under it run: with what a draw needs, where the version is older than that.</summary>
    public async Task<Route> RouteAsync(PanelDb db, string id, int version, CancellationToken ct)
    {
        if (routes.TryGetValue((db.TenantId, id, version), out var known)) return known;
        var json = await db.Routes.Where(r => r.RouteId == id && r.Version == version).Select(r => r.Json).SingleAsync(ct);
        var (route, problems) = RouteReader.Read(json);
        return routes[(db.TenantId, id, version)] = DrawSteps.Complete(route ?? throw new InvalidOperationException($"Route {id} v{version}: {problems[0]}"));
    }

    public async Task<CommitteeRules> RulesAsync(PanelDb db, int version, CancellationToken ct)
    {
        if (rules.TryGetValue((db.TenantId, version), out var known)) return known;
        var json = await db.Rules.Where(r => r.Version == version).Select(r => r.Json).SingleAsync(ct);
        var (read, problems) = CommitteeRules.Read(json);
        return rules[(db.TenantId, version)] = (read ?? throw new InvalidOperationException($"Rules v{version}: {problems[0]}")) with { Version = version };
    }

    public async Task<WorkingCalendar> CalendarAsync(PanelDb db, CancellationToken ct)
    {
        if (overlays.TryGetValue(db.TenantId, out var known) && IsFresh(known.AskedAt)) return known.Calendar;
        var days = await db.LocalDays.Select(d => new LocalDay(d.Date, d.IsWorking, d.Name)).ToListAsync(ct);
        return (overlays[db.TenantId] = (days.Count == 0 ? calendars.National : calendars.WithLocalDays(days), clock.GetTimestamp())).Calendar;
    }

    /// <summary>Not older than a minute of real time: a clock that is set, by a person or by a test, makes nothing old.</summary>
    private bool IsFresh(long askedAt) => clock.GetElapsedTime(askedAt) < TimeSpan.FromMinutes(1);

    public sealed record Newest(string RouteId, int RouteVersion, int RulesVersion, long AskedAt);
}
