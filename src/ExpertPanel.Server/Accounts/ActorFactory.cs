using System.Security.Claims;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Accounts;

/// <summary>Makes the actor of a command from a session or token: own roles, and those delegated for today.</summary>
public sealed class ActorFactory(PanelDb db, TimeProvider clock)
{
    public async Task<SignedIn> MakeAsync(ClaimsPrincipal user, string origin, CancellationToken cancellationToken)
    {
        var id = user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in.");
        var own = new Actor(
            id, user.FindFirstValue(AccountClaims.DisplayName) ?? "",
            user.FindAll(ClaimTypes.Role).Select(c => Enum.Parse<Role>(c.Value)).ToHashSet(), origin, user.FindFirstValue(AccountClaims.Division));
        return new(own, await DelegationsAsync(Guid.Parse(id), cancellationToken), user.FindFirstValue(AccountClaims.SponsoringUnit));
    }

    private async Task<IReadOnlyList<DelegatedRole>> DelegationsAsync(Guid userId, CancellationToken cancellationToken)
    {
        var today = ChinaTime.LocalDate(clock.GetUtcNow());
        var inForce = await (
            from d in db.Delegations
            join u in db.Users on d.FromUserId equals u.Id
            where d.ToUserId == userId && d.FirstDay <= today && today <= d.LastDay && !u.Disabled
            orderby d.CreatedAt
            select new { d.Role, u.Id, u.DisplayName, u.Division, u.Roles }).ToListAsync(cancellationToken);
        // Nobody hands on a role that was taken from them since.
        return [.. inForce.Where(d => d.Roles.Contains(d.Role)).Select(d => new DelegatedRole(d.Role, new(d.Id.ToString(), d.DisplayName), d.Division))];
    }
}

/// <summary>A role held for somebody else for now.</summary>
public sealed record DelegatedRole(Role Role, Person From, string? Division);

/// <summary>Who is signed in, in their own right and for others.</summary>
public sealed record SignedIn(Actor Own, IReadOnlyList<DelegatedRole> Delegations, string? SponsoringUnit)
{
    /// <summary>Own and delegated roles, for menus and lists.</summary>
    public IReadOnlySet<Role> Roles { get; } = Own.Roles.Concat(Delegations.Select(d => d.Role)).ToHashSet();

    public string Id => Own.Id;

    /// <summary>Whose desk this person sees: the own one and that of whoever delegated.</summary>
    public IReadOnlyList<string> Desks { get; } = [Own.Id, .. Delegations.Select(d => d.From.Id).Distinct()];

    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>
    /// The actor of one command: in their own right where an own role suffices, else for the one who delegated such a role; then the act
    /// is recorded as theirs. So nobody's own acts are ever written down as a leader's.
    /// </summary>
    /// <param name="allowed">The roles the route allows for the command.</param>
    /// <param name="owner">Where the matter names one person for the step (its leader): that person's delegation goes first.</param>
    public Actor ActingAs(IEnumerable<Role> allowed, string? owner = null)
    {
        var roles = allowed.ToHashSet();
        if (Own.Roles.Overlaps(roles)) return Own;
        var through = Delegations.Where(d => roles.Contains(d.Role)).OrderByDescending(d => d.From.Id == owner).FirstOrDefault();
        return through is null ? Own : Own with
        {
            Roles = Own.Roles.Append(through.Role).ToHashSet(),
            OnBehalfOf = through.From,
            Division = through.Role == Role.DivisionHead ? through.Division : Own.Division,
        };
    }
}
