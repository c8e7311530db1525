using System.Security.Claims;
using System.Text.Encodings.Web;
using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Accounts;

/// <summary><c>Authorization: Bearer ep_…</c> under <c>/api</c>. A token is as good as its account is now.</summary>
public sealed class ApiTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, PanelDb db, PanelDbFactory databases,
    IUserClaimsPrincipalFactory<AppUser> principals) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        if (await OwnerAsync(ApiTokens.HashOf(header[Bearer.Length..].Trim())) is not { } user) return AuthenticateResult.Fail("No such token.");
        var principal = await principals.CreateAsync(user);
        // Whoever must first change a password at a page can't go round it by a token.
        if (principal.HasClaim(c => c.Type == AccountClaims.Duty)) return AuthenticateResult.Fail("The account must first sign in at the pages.");
        var identity = new ClaimsIdentity(principal.Claims, Schemes.ApiToken, ClaimTypes.Name, ClaimTypes.Role);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Schemes.ApiToken));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private async Task<AppUser?> OwnerAsync(string hash)
    {
        if (await CrossTenant.FindApiTokenAsync(db, hash, Context.RequestAborted) is not { } found) return null;
        await using var own = databases.Create(found.TenantId);
        var now = TimeProvider.GetUtcNow();
        var userId = await own.ApiTokens.Where(t => t.Id == found.Id && t.RevokedAt == null && t.ExpiresAt > now).Select(t => (Guid?)t.UserId).SingleOrDefaultAsync(Context.RequestAborted);
        return userId is null ? null : await own.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId && u.TenantId == found.TenantId && !u.Disabled, Context.RequestAborted);
    }
}
