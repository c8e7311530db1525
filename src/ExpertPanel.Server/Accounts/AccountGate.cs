using System.Security.Claims;
using ExpertPanel.Server.Data;

namespace ExpertPanel.Server.Accounts;

/// <summary>Enters the committee of whoever is signed in, and sends on who must first change a password or enrol a second factor.</summary>
public sealed class AccountGate(RequestDelegate next)
{
    public const string PasswordPage = "/account/password";
    public const string SecondFactorPage = "/account/totp";

    private static readonly string[] AlwaysOpen = ["/logout", "/language", "/healthz"];

    public Task InvokeAsync(HttpContext context)
    {
        if (Guid.TryParse(context.User.FindFirstValue(AccountClaims.Tenant), out var tenant)) context.RequestServices.EnterTenant(tenant);
        if (DutyPage(context.User) is not { } page || IsOpen(context.Request.Path, page)) return next(context);
        context.Response.Redirect(page);
        return Task.CompletedTask;
    }

    private static string? DutyPage(ClaimsPrincipal user) =>
        user.HasClaim(AccountClaims.Duty, AccountClaims.PasswordDuty) ? PasswordPage
        : user.HasClaim(AccountClaims.Duty, AccountClaims.SecondFactorDuty) ? SecondFactorPage
        : null;

    private static bool IsOpen(PathString path, string page) =>
        path.Equals(page, StringComparison.OrdinalIgnoreCase) || AlwaysOpen.Any(open => path.Equals(open, StringComparison.OrdinalIgnoreCase));
}
