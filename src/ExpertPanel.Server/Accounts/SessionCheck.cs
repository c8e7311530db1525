using System.Globalization;
using System.Security.Claims;
using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Accounts;

/// <summary>
/// Asked at each request: is the session young enough, and is the account still what it was at sign-in? A disabled account, changed roles
/// or a changed password end every session at the next request, on every node.
/// </summary>
internal static class SessionCheck
{
    private const string Began = "began";

    /// <summary>The end of a session is counted from its beginning, however often the cookie is renewed.</summary>
    public static Task BeginAsync(CookieSigningInContext context)
    {
        var now = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        context.Properties.Items.TryAdd(Began, now.ToString("O", CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    public static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        if (IsTooOld(context) || !await IsUnchangedAsync(context))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
        }
    }

    private static bool IsTooOld(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        return !context.Properties.Items.TryGetValue(Began, out var text)
            || !DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var began)
            || services.GetRequiredService<TimeProvider>().GetUtcNow() - began > services.GetRequiredService<IOptions<AccountOptions>>().Value.Longest;
    }

    private static async Task<bool> IsUnchangedAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (!Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return false;
        var stamp = context.Principal.FindFirstValue(services.GetRequiredService<IOptions<Microsoft.AspNetCore.Identity.IdentityOptions>>().Value.ClaimsIdentity.SecurityStampClaimType);
        var kept = await services.GetRequiredService<PanelDb>().Users.Where(u => u.Id == id && !u.Disabled)
            .Select(u => u.SecurityStamp).FirstOrDefaultAsync(context.HttpContext.RequestAborted);
        return kept is not null && kept == stamp;
    }
}
