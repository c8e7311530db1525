using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace ExpertPanel.Server.Accounts;

public enum SignInOutcome
{
    /// <summary>Wrong name, wrong password, locked, disabled: one answer for all, so that nobody learns which accounts exist.</summary>
    Refused,
    SecondFactor,
    SignedIn,
}

/// <summary>Signing in by name and password, then by second factor.</summary>
public sealed class SignIn(SignInManager<AppUser> manager, SecondFactor secondFactor, LoginThrottle throttle, IHttpContextAccessor accessor, ILogger<SignIn> log)
{
    /// <summary>Any hash in the current format: checked in vain so that an unknown name takes as long as a known one.</summary>
    private static readonly string NobodysHash = new PasswordHasher<AppUser>().HashPassword(new(), "nobody has this password");

    private string Address => accessor.HttpContext is { } context ? NetworkAddress.Of(context) : "local";

    public async Task<SignInOutcome> PasswordAsync(string name, string password)
    {
        if (!throttle.Permits(name, Address)) return Refuse(name, null, "throttled");
        var user = await manager.UserManager.FindByNameAsync(name);
        if (user is null || user.Disabled || await manager.UserManager.IsLockedOutAsync(user))
        {
            new PasswordHasher<AppUser>().VerifyHashedPassword(new(), NobodysHash, password);
            return Refuse(name, user, user is null ? "unknown" : user.Disabled ? "disabled" : "locked");
        }

        var result = await manager.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        if (!result.Succeeded && !result.RequiresTwoFactor) return Refuse(name, user, result.IsLockedOut ? "now-locked" : "wrong-password");
        log.LogInformation("Password accepted for {Account} from {Address}", user.Id, Address);
        return result.RequiresTwoFactor ? SignInOutcome.SecondFactor : SignInOutcome.SignedIn;
    }

    /// <summary>The account that gave its password and still owes a code.</summary>
    public Task<AppUser?> WaitingAsync() => manager.GetTwoFactorAuthenticationUserAsync();

    /// <param name="code">Six digits of the authenticator, or a recovery code.</param>
    public async Task<SignInOutcome> CodeAsync(AppUser user, string code)
    {
        var name = user.UserName ?? "";
        if (!throttle.Permits(name, Address)) return Refuse(name, user, "throttled");
        if (user.Disabled || await manager.UserManager.IsLockedOutAsync(user)) return Refuse(name, user, "locked");
        if (!await secondFactor.AcceptAsync(user, code))
        {
            await manager.UserManager.AccessFailedAsync(user);
            return Refuse(name, user, "wrong-code");
        }

        await manager.UserManager.ResetAccessFailedCountAsync(user);
        await manager.Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await manager.SignInAsync(user, isPersistent: false, authenticationMethod: "mfa");
        log.LogInformation("Second factor accepted for {Account} from {Address}", user.Id, Address);
        return SignInOutcome.SignedIn;
    }

    private SignInOutcome Refuse(string name, AppUser? user, string reason)
    {
        throttle.Failed(name, Address);
        log.LogWarning("Sign-in refused for {Account} from {Address}: {Reason}", user?.Id, Address, reason);
        return SignInOutcome.Refused;
    }
}
