using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Authorization;

namespace ExpertPanel.Server.Accounts;

/// <summary>
/// Who may open which folder of pages; a command checks its actor again. A delegate opens what the one who delegated may open, so
/// policies ask the actor and not the session.
/// </summary>
public static class Policies
{
    /// <summary>Anybody of the office; no sponsoring unit.</summary>
    public const string Staff = "staff";

    /// <summary>Whoever registers: the office's clerk, or a sponsoring unit for itself.</summary>
    public const string Registering = "registering";

    /// <summary>Mail that waits for a decision; failed letters.</summary>
    public const string Secretariat = "secretariat";

    /// <summary>Changing the committee's rules and route.</summary>
    public const string Settings = "settings";

    /// <summary>Seeing accounts: the three administrators.</summary>
    public const string Accounts = "accounts";

    /// <summary>Seeing who of other committees works here.</summary>
    public const string Members = "members";

    /// <summary>Bringing up the committee; some acts ask for one role more.</summary>
    public const string Onboarding = "onboarding";

    /// <summary>Naming a delegate for oneself.</summary>
    public const string Delegating = "delegating";

    /// <summary>Reading the history of everything.</summary>
    public const string Audit = "audit";

    private static readonly Role[] Outside = [Role.Sponsor, Role.Expert, Role.System];

    private static readonly Dictionary<string, Role[]> Named = new(StringComparer.Ordinal)
    {
        [Staff] = [.. Enum.GetValues<Role>().Except(Outside)],
        [Registering] = [Role.RegistryClerk, Role.Sponsor],
        [Secretariat] = [Role.Secretariat],
        [Settings] = [Role.SystemAdministrator, Role.DivisionHead],
        [Accounts] = [Role.SystemAdministrator, Role.SecurityAdministrator, Role.AuditAdministrator],
        [Members] = [Role.SecurityAdministrator, Role.AuditAdministrator],
        [Onboarding] = [Role.SystemAdministrator, Role.DivisionHead, Role.Secretariat],
        [Delegating] = [Role.Leader, Role.DivisionHead],
        [Audit] = [Role.AuditAdministrator],
    };

    /// <summary>The policy that asks for one role.</summary>
    public static string For(Role role) => "role:" + role;

    /// <summary>Everything needs a session unless it says otherwise.</summary>
    internal static void Add(AuthorizationOptions options)
    {
        options.FallbackPolicy = options.DefaultPolicy;
        foreach (var (name, roles) in Named) options.AddPolicy(name, p => p.RequireAuthenticatedUser().AddRequirements(new AnyRole(roles)));
        foreach (var role in Enum.GetValues<Role>()) options.AddPolicy(For(role), p => p.RequireAuthenticatedUser().AddRequirements(new AnyRole([role])));
    }
}

public sealed record AnyRole(IReadOnlyList<Role> Roles) : IAuthorizationRequirement;

/// <summary>Own roles and those delegated for today.</summary>
public sealed class AnyRoleHandler(CurrentActor current) : AuthorizationHandler<AnyRole>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, AnyRole requirement)
    {
        if (context.User.Identity?.IsAuthenticated == true && (await current.GetAsync()).Roles.Overlaps(requirement.Roles)) context.Succeed(requirement);
    }
}
