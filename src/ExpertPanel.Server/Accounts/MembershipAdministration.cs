using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Accounts;

/// <summary>Somebody of another committee who works here too, with roles of this committee's own giving. The account stays where it is.</summary>
public sealed class MembershipRow : Tenancy.ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid UserId { get; set; }

    /// <summary>As the account was called when it was let in.</summary>
    public string UserName { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string? Division { get; set; }

    public HashSet<Role> Roles { get; set; } = [];

    public string Reason { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The row stays as evidence of the time before.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

public sealed record NewMembership(string UserName, string? Division, IReadOnlyList<Role> Roles, string Reason);

/// <summary>Lets in and takes leave of people of other committees; the security administrator's act.</summary>
public sealed class MembershipAdministration(PanelDb db, PanelDbFactory databases, RecordedChange change, TimeProvider clock)
{
    /// <summary>A sponsor's contact belongs to a unit and an administrator to one committee: neither is lent.</summary>
    public static IReadOnlyList<Role> Giveable { get; } =
        [.. Enum.GetValues<Role>().Except([Role.Expert, Role.System, Role.Sponsor, Role.SystemAdministrator, Role.SecurityAdministrator, Role.AuditAdministrator])];

    /// <summary>What is wrong, as field and text key; empty when it may be written.</summary>
    public async Task<IReadOnlyList<(string Field, string Text)>> CheckAsync(NewMembership asked, CancellationToken cancellationToken)
    {
        var problems = new List<(string, string)>();
        if (asked.Roles.Count == 0 || asked.Roles.Except(Giveable).Any()) problems.Add((nameof(asked.Roles), "Members.RolesMissing"));
        if (string.IsNullOrWhiteSpace(asked.Reason)) problems.Add((nameof(asked.Reason), "Members.ReasonMissing"));
        if (await FindAsync(asked.UserName, cancellationToken) is not { } user) problems.Add((nameof(asked.UserName), "Members.NoSuchAccount"));
        else if (await db.Memberships.AnyAsync(m => m.UserId == user.Id && m.EndedAt == null, cancellationToken)) problems.Add((nameof(asked.UserName), "Members.AlreadyHere"));
        return problems;
    }

    public async Task<IdentityResult> AddAsync(Actor actor, NewMembership asked, CancellationToken cancellationToken)
    {
        var user = await FindAsync(asked.UserName, cancellationToken) ?? throw new InvalidOperationException("Check before adding.");
        return await change.RunAsync(actor, "addMember", new { user.Id, user.UserName, user.DisplayName, asked.Division, asked.Roles, asked.Reason }, context => context.Memberships.Add(new()
        {
            Id = Guid.CreateVersion7(),
            UserId = user.Id,
            UserName = user.UserName ?? "",
            DisplayName = user.DisplayName,
            Division = string.IsNullOrWhiteSpace(asked.Division) ? null : asked.Division.Trim(),
            Roles = [.. asked.Roles],
            Reason = asked.Reason.Trim(),
            CreatedAt = clock.GetUtcNow(),
        }), cancellationToken);
    }

    /// <summary>False where there is no such membership in force.</summary>
    public async Task<bool> EndAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await db.Memberships.SingleOrDefaultAsync(m => m.Id == id && m.EndedAt == null, cancellationToken) is not { } row) return false;
        return (await change.RunAsync(actor, "endMembership", new { id, row.UserId }, _ => row.EndedAt = clock.GetUtcNow(), cancellationToken)).Succeeded;
    }

    /// <summary>By the exact name only: nobody leafs through another committee's accounts.</summary>
    private async Task<AppUser?> FindAsync(string userName, CancellationToken cancellationToken)
    {
        var normal = userName.Trim().ToUpperInvariant();
        await using var anywhere = databases.Create(Guid.Empty);
        return await anywhere.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == normal && u.TenantId != db.TenantId && !u.Disabled, cancellationToken);
    }
}
