using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Identity;

namespace ExpertPanel.Server.Accounts;

/// <summary>A person of the office, or a sponsoring unit's contact. Experts have no account: they come by token.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    public Guid TenantId { get; set; }

    public string DisplayName { get; set; } = "";

    /// <summary>处室; decides who countersigns for which division.</summary>
    public string? Division { get; set; }

    /// <summary>The unit a sponsor's account submits for.</summary>
    public string? SponsoringUnit { get; set; }

    public HashSet<Role> Roles { get; set; } = [];

    public bool MustChangePassword { get; set; }

    public bool Disabled { get; set; }

    /// <summary>Works for the office; a sponsoring unit's contact does not.</summary>
    public bool IsStaff => Roles.Any(r => r is not (Role.Sponsor or Role.Expert));
}

/// <summary>A leader's or head's named delegate for a stretch of days (both included). Recorded with each act.</summary>
public sealed class DelegationRow : Tenancy.ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid FromUserId { get; set; }

    public Guid ToUserId { get; set; }

    public Role Role { get; set; }

    public DateOnly FirstDay { get; set; }

    public DateOnly LastDay { get; set; }

    public string Reason { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A bearer token of the API: 128 bits, hashed at rest.</summary>
public sealed class ApiTokenRow : Tenancy.ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid UserId { get; set; }

    public string Name { get; set; } = "";

    public string TokenHash { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
