using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using QRCoder;

namespace ExpertPanel.Server.Accounts;

/// <summary>A key offered for enrolment: as text, as a picture, and sealed for the form that brings it back.</summary>
public sealed record OfferedKey(string Key, string Picture, string Sealed);

/// <summary>TOTP (RFC 6238) and recovery codes.</summary>
public sealed class SecondFactor(UserManager<AppUser> users, IUserStore<AppUser> store, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Store = "ExpertPanel";
    private const string UsedCodes = "UsedCodes";
    private const int RecoveryCodes = 8;
    private const int Digits = 6;

    /// <summary>Longer than any code is accepted, two steps of half a minute either way.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan OfferStands = TimeSpan.FromMinutes(30);

    /// <summary>A fresh key, or after a wrong code the same once more; kept nowhere until a code proves that it arrived in an authenticator.</summary>
    public OfferedKey Offer(AppUser user, string? sealedKey = null)
    {
        var key = Unseal(user, sealedKey) ?? users.GenerateNewAuthenticatorKey();
        return new(string.Join(' ', key.Chunk(4).Select(part => new string(part))), Picture(user, key), Protector(user).Protect(key, OfferStands));
    }

    /// <summary>Turns the second factor on if the code is right; the recovery codes are returned this once.</summary>
    public async Task<IReadOnlyList<string>?> EnrolAsync(AppUser user, string? sealedKey, string code, CancellationToken cancellationToken)
    {
        if (Unseal(user, sealedKey) is not { } key) return null;
        await ((IUserAuthenticatorKeyStore<AppUser>)store).SetAuthenticatorKeyAsync(user, key, cancellationToken);
        if (!(await users.UpdateAsync(user)).Succeeded || !await AcceptDigitsAsync(user, Plain(code))) return null;
        await users.SetTwoFactorEnabledAsync(user, enabled: true);
        return [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) ?? []];
    }

    /// <summary>Six digits of the authenticator, or a recovery code; either counts once.</summary>
    public async Task<bool> AcceptAsync(AppUser user, string code)
    {
        var plain = Plain(code);
        return plain.Length == Digits && plain.All(char.IsAsciiDigit)
            ? await AcceptDigitsAsync(user, plain)
            : (await users.RedeemTwoFactorRecoveryCodeAsync(user, code.Trim())).Succeeded;
    }

    public async Task ResetAsync(AppUser user)
    {
        await users.SetTwoFactorEnabledAsync(user, enabled: false);
        await users.ResetAuthenticatorKeyAsync(user);
        await users.RemoveAuthenticationTokenAsync(user, Store, UsedCodes);
    }

    /// <summary>A code seen by somebody else is worthless even within its half minute (ASVS V6.5.1).</summary>
    private async Task<bool> AcceptDigitsAsync(AppUser user, string code)
    {
        if (!await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code)) return false;
        var now = clock.GetUtcNow();
        var used = Read(await users.GetAuthenticationTokenAsync(user, Store, UsedCodes)).Where(u => now - u.At < Remembered).ToList();
        if (used.Any(u => u.Code == code)) return false;
        // Of two that use the same code at once, the store's concurrency stamp lets one through.
        return (await users.SetAuthenticationTokenAsync(user, Store, UsedCodes, Write([.. used, (code, now)]))).Succeeded;
    }

    private static string Write(IEnumerable<(string Code, DateTimeOffset At)> used) =>
        string.Join(' ', used.Select(u => string.Create(CultureInfo.InvariantCulture, $"{u.Code}@{u.At.ToUnixTimeSeconds()}")));

    private static IEnumerable<(string Code, DateTimeOffset At)> Read(string? text) =>
        from entry in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let parts = entry.Split('@')
        select (parts[0], DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture)));

    private static string Picture(AppUser user, string key)
    {
        var label = Uri.EscapeDataString($"ExpertPanel:{user.UserName}");
        using var code = new QRCodeGenerator().CreateQrCode($"otpauth://totp/{label}?secret={key}&issuer=ExpertPanel&digits={Digits}", QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg.GetGraphic(4)));
    }

    private string? Unseal(AppUser user, string? sealedKey)
    {
        if (string.IsNullOrEmpty(sealedKey)) return null;
        try
        {
            return Protector(user).Unprotect(sealedKey);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector(AppUser user) => protection.CreateProtector("second-factor", user.Id.ToString()).ToTimeLimitedDataProtector();

    private static string Plain(string code) => code.Replace(" ", "", StringComparison.Ordinal).ToUpper(CultureInfo.InvariantCulture);
}
