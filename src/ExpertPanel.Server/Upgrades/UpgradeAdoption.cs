using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Upgrades;

/// <summary>The version it became, or why it was not adopted; a problem without a field is that the request came too late.</summary>
public sealed record UpgradeOutcome(int Version, FieldProblem? Problem = null);

/// <summary>
/// 采用新版本: the route or the rules that the program brings become the committee's next version, with a person's reason in its history.
/// Matters under way keep the version they began with.
/// </summary>
public sealed class UpgradeAdoption(PanelDb db, UpgradeFinder finder, ShippedDefaults shipped, CommitteeSettings settings, RecordedChange change, TimeProvider clock)
{
    public const int LongestReason = 500;

    /// <summary>The same people who may change the rules.</summary>
    public static IReadOnlyList<Role> MayAdopt { get; } = [Role.SystemAdministrator, Role.DivisionHead];

    /// <param name="from">The version whose differences the person saw.</param>
    public async Task<UpgradeOutcome> AdoptRouteAsync(Actor actor, int from, string? reason, CancellationToken cancellationToken)
    {
        settings.Forget(db.TenantId);
        var upgrade = await finder.FindAsync(db, cancellationToken);
        if (Refuse(reason, from, upgrade.Own.Version, upgrade.RouteChanges.Count) is { } problem) return new(0, problem);
        var version = upgrade.Own.Version + 1;
        var row = new RouteRow { RouteId = upgrade.Own.Id, Version = version, Json = shipped.RouteAs(version), At = clock.GetUtcNow() };
        return await SaveAsync(actor, "adoptRoute", new { route = row.RouteId, version, from, reason, changes = upgrade.RouteChanges }, d => d.Routes.Add(row), version, cancellationToken);
    }

    /// <param name="from">The version whose differences the person saw.</param>
    public async Task<UpgradeOutcome> AdoptRulesAsync(Actor actor, int from, string? reason, CancellationToken cancellationToken)
    {
        settings.Forget(db.TenantId);
        var upgrade = await finder.FindAsync(db, cancellationToken);
        if (Refuse(reason, from, upgrade.RulesVersion, upgrade.RuleChanges.Count) is { } problem) return new(0, problem);
        var committee = await db.Committees.AsNoTracking().SingleAsync(c => c.Id == db.TenantId, cancellationToken);
        var own = await settings.RulesAsync(db, upgrade.RulesVersion, cancellationToken);
        var version = upgrade.RulesVersion + 1;
        var json = CommitteeSetup.ToJson(new(version, RulesUpdate.Adopt(own, shipped.RulesFor(committee))));
        if (CommitteeRules.Read(json) is { Rules: null, Problems: var problems }) throw new InvalidOperationException($"The adopted rules are faulty: {problems[0]}");
        var row = new RulesRow { Version = version, Json = json, ApprovedBy = actor.Name, At = clock.GetUtcNow() };
        var changes = upgrade.RuleChanges.Select(r => new { r.Shipped.Key, r.Change, before = r.Own?.Value, after = r.Change == SettingChange.Renamed ? r.Own?.Value : r.Shipped.Value, r.Shipped.Source });
        return await SaveAsync(actor, "adoptRules", new { version, from, reason, changes }, d => d.Rules.Add(row), version, cancellationToken);
    }

    private async Task<UpgradeOutcome> SaveAsync(Actor actor, string command, object facts, Action<PanelDb> add, int version, CancellationToken cancellationToken)
    {
        var result = await change.RunAsync(actor, command, facts, add, cancellationToken);
        settings.Forget(db.TenantId);
        return result.Succeeded ? new(version) : new(0, Outdated);
    }

    private static FieldProblem? Refuse(string? reason, int from, int newest, int differences) =>
        differences == 0 ? new("", "已经是最新版本，没有可采用的内容。", "This is the newest version already; there is nothing to adopt.")
        : from != newest ? Outdated
        : string.IsNullOrWhiteSpace(reason) ? new("Reason", "请填写采用的理由。", "Enter the reason.")
        : reason.Length > LongestReason ? new("Reason", $"理由最长 {LongestReason} 字。", $"The reason takes {LongestReason} characters at the most.")
        : null;

    private static FieldProblem Outdated { get; } =
        new("", "您打开后已有人保存了新的一版，请重新打开核对。", "Somebody saved a newer version after you opened this; open it again.");
}
