using System.Text.Json;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Rules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Settings;

/// <summary>A committee's rules: the newest version, and a new one in its place. Older versions stay, for the matters that began with them.</summary>
public sealed class RulesEditor(PanelDb db, CommitteeSettings settings, RecordedChange change, TimeProvider clock)
{
    public async Task<(CommitteeRules Rules, string ApprovedBy, DateTimeOffset At)> NewestAsync(CancellationToken cancellationToken)
    {
        var row = await db.Rules.OrderByDescending(r => r.Version).Select(r => new { r.Version, r.ApprovedBy, r.At }).FirstAsync(cancellationToken);
        return (await settings.RulesAsync(db, row.Version, cancellationToken), row.ApprovedBy, row.At);
    }

    /// <summary>Writes the version after <paramref name="before"/>; refused as a lost race when somebody else wrote it first.</summary>
    public async Task<IdentityResult> SaveAsync(Actor actor, CommitteeRules before, IReadOnlyList<RuleSetting> after, CancellationToken cancellationToken)
    {
        var version = before.Version + 1;
        var row = new RulesRow
        {
            Version = version,
            Json = JsonSerializer.Serialize(new { schema = CommitteeRules.Schema, version, settings = after }, MatterCommands.Json),
            ApprovedBy = actor.Name,
            At = clock.GetUtcNow(),
        };
        var changes = from setting in after
                      let old = before.Has(setting.Key) ? before.Setting(setting.Key) : null
                      where setting != old
                      select new { setting.Key, before = old?.Value, after = setting.Value, setting.Source };
        var result = await change.RunAsync(actor, "changeRules", new { version, changes }, context => context.Rules.Add(row), cancellationToken);
        if (result.Succeeded) settings.Forget(db.TenantId);
        return result;
    }
}
