using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Onboarding;

/// <summary>A setting as this committee has it beside what the committee above has now.</summary>
/// <param name="Above">Null where the committee above lacks it.</param>
public sealed record RuleBeside(RuleSetting Own, RuleSetting? Above)
{
    public bool Differs => Above is null || Own.Value != Above.Value || Own.Unit != Above.Unit;
}

/// <summary>The rules a committee was given, setting by setting beside those of the committee above, for whoever is to approve them.</summary>
public sealed record InheritedRules(int Version, string AboveName, IReadOnlyList<RuleBeside> Settings)
{
    public IReadOnlyList<RuleBeside> Different => [.. Settings.Where(s => s.Differs)];

    /// <summary>Null where there are no rules.</summary>
    public static async Task<InheritedRules?> ReadAsync(PanelDb db, PanelDbFactory databases, CancellationToken ct)
    {
        if (await NewestAsync(db, ct) is not { } own) return null;
        var parent = await db.Committees.Where(c => c.Id == db.TenantId).Join(db.Committees, c => c.ParentCode, p => p.Code, (_, p) => new { p.Id, p.OfficeName }).SingleOrDefaultAsync(ct);
        CommitteeRules? above = null;
        if (parent is not null)
        {
            // A committee's rules are open to those below it: they were cloned from there.
            await using var upper = databases.Create(parent.Id);
            above = await NewestAsync(upper, ct);
        }

        return new(own.Version, parent?.OfficeName ?? "", [.. own.Settings.Select(s => new RuleBeside(s, above?.Has(s.Key) == true ? above.Setting(s.Key) : null))]);
    }

    private static async Task<CommitteeRules?> NewestAsync(PanelDb db, CancellationToken ct) =>
        await db.Rules.OrderByDescending(r => r.Version).Select(r => r.Json).FirstOrDefaultAsync(ct) is { } json ? CommitteeRules.Read(json).Rules : null;
}
