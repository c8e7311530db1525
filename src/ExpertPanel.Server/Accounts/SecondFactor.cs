using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using QRCoder;

namespace ExpertPanel.Server.Accounts;

/// <summary>TOTP (RFC 6238) and recovery codes.</summary>
public sealed class SecondFactor(UserManager<AppUser> users)
{
    private const string Store = "ExpertPanel";
    private const string LastCode = "LastCode";
    private const int RecoveryCodes = 8;
    private const int Digits = 6;

    /// <summary>The key to enrol: kept until a code proves that it arrived in an authenticator.</summary>
    public async Task<string> KeyAsync(AppUser user)
    {
        if (await users.GetAuthenticatorKeyAsync(user) is { } known) return known;
        await users.ResetAuthenticatorKeyAsync(user);
        return await users.GetAuthenticatorKeyAsync(user) ?? throw new InvalidOperationException("The store keeps no authenticator keys.");
    }

    /// <summary>The key as a picture for an authenticator app.</summary>
    public static string QrCode(AppUser user, string key)
    {
        var label = Uri.EscapeDataString($"ExpertPanel:{user.UserName}");
        using var code = new QRCodeGenerator().CreateQrCode($"otpauth://totp/{label}?secret={key}&issuer=ExpertPanel&digits={Digits}", QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg.GetGraphic(4)));
    }

    /// <summary>Turns the second factor on once a code is right; the recovery codes are returned this once.</summary>
    public async Task<IReadOnlyList<string>?> EnrolAsync(AppUser user, string code)
    {
        if (!await IsRightAsync(user, Plain(code))) return null;
        await users.SetTwoFactorEnabledAsync(user, enabled: true);
        return [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) ?? []];
    }

    /// <summary>A code counts once: an authenticator's code seen by somebody else is worthless even within its half minute (ASVS V6.5.1).</summary>
    public async Task<bool> AcceptAsync(AppUser user, string code)
    {
        var plain = Plain(code);
        if (plain.Length != Digits || !plain.All(char.IsAsciiDigit))
            return (await users.RedeemTwoFactorRecoveryCodeAsync(user, code.Trim())).Succeeded;
        if (!await IsRightAsync(user, plain)) return false;
        if (await users.GetAuthenticationTokenAsync(user, Store, LastCode) == plain) return false;
        // Of two that use the same code at once, the store's concurrency stamp lets one through.
        return (await users.SetAuthenticationTokenAsync(user, Store, LastCode, plain)).Succeeded;
    }

    public async Task ResetAsync(AppUser user)
    {
        await users.SetTwoFactorEnabledAsync(user, enabled: false);
        await users.ResetAuthenticatorKeyAsync(user);
        await users.RemoveAuthenticationTokenAsync(user, Store, LastCode);
    }

    private Task<bool> IsRightAsync(AppUser user, string code) =>
        users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code);

    private static string Plain(string code) => code.Replace(" ", "", StringComparison.Ordinal).ToUpper(CultureInfo.InvariantCulture);
}

internal static class WaitingSignIn
{
    public static Task SignOutWaitingAsync(this HttpContext context) => context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
}
