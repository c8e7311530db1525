using System.Security.Claims;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Accounts;

/// <summary>
/// Enters the committee that the address names, or else the person's own, and sends on who must first change a password or enrol a second
/// factor. A committee that the person does not belong to is answered as one that doesn't exist.
/// </summary>
public sealed class AccountGate(RequestDelegate next)
{
    public const string PasswordPage = "/account/password";
    public const string SecondFactorPage = "/account/totp";

    private const string AccountPages = "/account";

    private static readonly string[] AlwaysOpen = ["/logout", "/language", "/healthz"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (Guid.TryParse(context.User.FindFirstValue(AccountClaims.Tenant), out var own))
        {
            var addressed = context.Features.Get<AddressedCommittee>();
            if (addressed is null) context.RequestServices.EnterTenant(own);
            else if (!await EnterAsync(context, own, addressed.Code))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            else if (context.Request.Path.StartsWithSegments(AccountPages, StringComparison.OrdinalIgnoreCase) && context.User.FindFirstValue(AccountClaims.Tenant) != own.ToString())
            {
                // An account is kept where it belongs, whichever committee its person works for at the moment.
                context.Request.PathBase = default;
                context.Response.Redirect(context.Request.Path);
                return;
            }
        }

        if (DutyPage(context.User) is { } page && !IsOpen(context.Request.Path, page)) context.Response.Redirect(page);
        else await next(context);
    }

    private static async Task<bool> EnterAsync(HttpContext context, Guid own, string code)
    {
        var (databases, cancelled) = (context.RequestServices.GetRequiredService<PanelDbFactory>(), context.RequestAborted);
        var db = context.RequestServices.GetRequiredService<PanelDb>();
        var named = await db.Committees.Where(c => c.Code == code).Select(c => c.Id).SingleOrDefaultAsync(cancelled);
        if (named == Guid.Empty) return false;
        if (named != own)
        {
            if (!Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return false;
            await using var there = databases.Create(named);
            if (await there.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.UserId == id && m.EndedAt == null, cancelled) is not { } membership) return false;
            context.User = Guest(context.User, membership);
        }

        context.RequestServices.EnterTenant(named);
        return true;
    }

    /// <summary>The same person with the roles and division that the other committee gave, and none of the own ones.</summary>
    private static ClaimsPrincipal Guest(ClaimsPrincipal user, MembershipRow membership)
    {
        var at = (ClaimsIdentity)user.Identity!;
        var claims = user.Claims.Where(c => c.Type is not (AccountClaims.Tenant or AccountClaims.Division or AccountClaims.SponsoringUnit) && c.Type != at.RoleClaimType).ToList();
        claims.Add(new(AccountClaims.Tenant, membership.TenantId.ToString()));
        if (membership.Division is { } division) claims.Add(new(AccountClaims.Division, division));
        claims.AddRange(membership.Roles.Select(role => new Claim(at.RoleClaimType, role.ToString())));
        return new(new ClaimsIdentity(claims, at.AuthenticationType, at.NameClaimType, at.RoleClaimType));
    }

    private static string? DutyPage(ClaimsPrincipal user) =>
        user.HasClaim(AccountClaims.Duty, AccountClaims.PasswordDuty) ? PasswordPage
        : user.HasClaim(AccountClaims.Duty, AccountClaims.SecondFactorDuty) ? SecondFactorPage
        : null;

    private static bool IsOpen(PathString path, string page) =>
        path.Equals(page, StringComparison.OrdinalIgnoreCase) || AlwaysOpen.Any(open => path.Equals(open, StringComparison.OrdinalIgnoreCase));
}
