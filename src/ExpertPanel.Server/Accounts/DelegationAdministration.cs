using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Accounts;

/// <summary>A delegate for a stretch of days, both included.</summary>
public sealed record NewDelegation(Guid To, Role Role, DateOnly FirstDay, DateOnly LastDay, string Reason);

/// <summary>A leader or head names who acts for them while they are away; nobody else can.</summary>
public sealed class DelegationAdministration(PanelDb db, RecordedChange change, TimeProvider clock)
{
    public const int LongestDays = 180;

    public static IReadOnlyList<Role> Delegable { get; } = [Role.Leader, Role.DivisionHead];

    public DateOnly Today => ChinaTime.LocalDate(clock.GetUtcNow());

    /// <summary>What is wrong, as field and text key; empty when it may be written.</summary>
    public async Task<IReadOnlyList<(string Field, string Text)>> CheckAsync(Actor actor, NewDelegation delegation, CancellationToken cancellationToken)
    {
        var problems = new List<(string, string)>();
        if (!Delegable.Contains(delegation.Role) || !actor.Is(delegation.Role)) problems.Add((nameof(delegation.Role), "Delegation.RoleNotYours"));
        if (delegation.To.ToString() == actor.Id || !await db.Users.AnyAsync(u => u.Id == delegation.To && u.TenantId == db.TenantId && !u.Disabled, cancellationToken))
            problems.Add((nameof(delegation.To), "Delegation.NobodyElse"));
        if (delegation.FirstDay < Today) problems.Add((nameof(delegation.FirstDay), "Delegation.FromTodayOn"));
        if (delegation.LastDay < delegation.FirstDay) problems.Add((nameof(delegation.LastDay), "Delegation.EndsBeforeBegin"));
        else if (delegation.LastDay.DayNumber - delegation.FirstDay.DayNumber >= LongestDays) problems.Add((nameof(delegation.LastDay), "Delegation.TooLong"));
        return problems;
    }

    public Task<IdentityResult> AddAsync(Actor actor, NewDelegation delegation, CancellationToken cancellationToken) =>
        change.RunAsync(actor, "delegate", delegation, context => context.Delegations.Add(new()
        {
            Id = Guid.CreateVersion7(),
            FromUserId = Guid.Parse(actor.Id),
            ToUserId = delegation.To,
            Role = delegation.Role,
            FirstDay = delegation.FirstDay,
            LastDay = delegation.LastDay,
            Reason = delegation.Reason.Trim(),
            CreatedAt = clock.GetUtcNow(),
        }), cancellationToken);

    /// <summary>Ends it with yesterday, so that it no longer holds today; the row stays as evidence of the days before.</summary>
    public async Task<bool> EndAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var me = Guid.Parse(actor.Id);
        if (await db.Delegations.SingleOrDefaultAsync(d => d.Id == id && d.FromUserId == me, cancellationToken) is not { } row) return false;
        return (await change.RunAsync(actor, "endDelegation", new { id }, _ => row.LastDay = Today.AddDays(-1), cancellationToken)).Succeeded;
    }
}
