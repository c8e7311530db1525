using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Accounts;

/// <summary>What a session knows of its person, so that a page need not ask the database again.</summary>
public sealed class AccountClaims(UserManager<AppUser> users, IOptions<IdentityOptions> identity, IOptions<AccountOptions> accounts)
    : UserClaimsPrincipalFactory<AppUser>(users, identity)
{
    public const string Tenant = "tenant";
    public const string DisplayName = "display-name";
    public const string Division = "division";
    public const string SponsoringUnit = "sponsoring-unit";

    /// <summary>What must be done before anything else: <see cref="PasswordDuty"/>, <see cref="SecondFactorDuty"/>.</summary>
    public const string Duty = "duty";
    public const string PasswordDuty = "password";
    public const string SecondFactorDuty = "second-factor";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        var claims = await base.GenerateClaimsAsync(user);
        claims.AddClaim(new(Tenant, user.TenantId.ToString()));
        claims.AddClaim(new(DisplayName, user.DisplayName));
        if (user.Division is { } division) claims.AddClaim(new(Division, division));
        if (user.SponsoringUnit is { } unit) claims.AddClaim(new(SponsoringUnit, unit));
        foreach (var role in user.Roles) claims.AddClaim(new(claims.RoleClaimType, role.ToString()));
        if (user.MustChangePassword) claims.AddClaim(new(Duty, PasswordDuty));
        if (accounts.Value.SecondFactor == true && user.IsStaff && !user.TwoFactorEnabled) claims.AddClaim(new(Duty, SecondFactorDuty));
        return claims;
    }
}
