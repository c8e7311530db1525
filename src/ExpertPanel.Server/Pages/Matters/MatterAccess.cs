using System.Text.Json;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>A matter opened by somebody who may see it, with its own route, rules and calendar.</summary>
public sealed record OpenMatter(Matter Matter, Route Route, CommitteeRules Rules, WorkingCalendar Calendar, SignedIn Me, DateTimeOffset Now)
{
    /// <summary>The sponsor sees its own submission and what was decided, not who reviewed it and what the experts said.</summary>
    public bool AsSponsor => !MatterAccess.IsStaff(Me);

    public string Url => $"/matters/{Matter.Number}";
}

/// <summary>Opens matters for pages. What somebody may not see is not there for them: the same answer as for a number that never was.</summary>
public sealed class MatterAccess(PanelDb db, CommitteeSettings settings, CurrentActor current, TimeProvider clock)
{
    private static readonly Role[] Outside = [Role.Sponsor, Role.Expert, Role.System];

    public static bool IsStaff(SignedIn me) => me.Roles.Any(r => !Outside.Contains(r));

    public async Task<OpenMatter?> FindAsync(string number, CancellationToken cancellationToken)
    {
        var me = await current.GetAsync();
        var state = await LedgerQuery.Visible(db, me).Where(m => m.Number == number).Select(m => m.State).SingleOrDefaultAsync(cancellationToken);
        if (state is null || JsonSerializer.Deserialize<Matter>(state, MatterCommands.Json) is not { } matter) return null;
        return new(
            matter,
            await settings.RouteAsync(db, matter.RouteId, matter.RouteVersion, cancellationToken),
            await settings.RulesAsync(db, matter.RulesVersion, cancellationToken),
            await settings.CalendarAsync(db, cancellationToken),
            me, clock.GetUtcNow());
    }
}
