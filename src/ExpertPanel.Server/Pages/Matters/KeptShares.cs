using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>
/// A person's random value between committing to it and showing it: in a sealed cookie of their own browser and nowhere else, one for each
/// draw, so that showing it is one click. It opens only for the person and the draw it was made for.
/// </summary>
public sealed class KeptShares(IDataProtectionProvider protection, IHostEnvironment environment)
{
    private readonly IDataProtector seal = protection.CreateProtector("ExpertPanel.KeptShare/1");

    /// <summary>A draw that waits longer is given up.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public void Keep(HttpContext context, Guid drawId, string personId, string value) =>
        context.Response.Cookies.Append(NameOf(drawId), seal.Protect($"{drawId:N} {personId} {value}"), Options(Kept));

    /// <summary>The value; nothing in another browser, for another person or another draw.</summary>
    public string? Find(HttpContext context, Guid drawId, string personId)
    {
        if (context.Request.Cookies[NameOf(drawId)] is not { Length: > 0 } cookie) return null;
        try
        {
            return seal.Unprotect(cookie).Split(' ') is [var draw, var person, var value] && draw == drawId.ToString("N") && person == personId ? value : null;
        }
        catch (CryptographicException)
        {
            // Not sealed by us, or by a key that is gone: the person types the value.
            return null;
        }
    }

    public void Forget(HttpContext context, Guid drawId) => context.Response.Cookies.Delete(NameOf(drawId), Options(age: null));

    private string NameOf(Guid drawId) => $"{(environment.IsDevelopment() ? "" : "__Secure-")}expertpanel-share-{drawId.ToString("N", CultureInfo.InvariantCulture)}";

    private CookieOptions Options(TimeSpan? age) => new()
    {
        Path = "/matters",
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Strict,
        MaxAge = age,
        // Development speaks plain HTTP.
        Secure = !environment.IsDevelopment(),
    };
}
