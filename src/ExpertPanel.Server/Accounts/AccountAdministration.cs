using System.Security.Cryptography;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Accounts;

/// <summary>A new account as the administrator describes it.</summary>
public sealed record NewAccount(string UserName, string DisplayName, string? Division, string? SponsoringUnit, string? Email, IReadOnlyList<Role> Roles);

/// <summary>
/// Making and keeping accounts. Three administrators hold each other in check (等保): the system administrator creates and disables, the
/// security administrator gives roles and resets second factors, the audit administrator reads.
/// </summary>
public sealed class AccountAdministration(PanelDb db, UserManager<AppUser> users, SecondFactor secondFactor, RecordedChange change)
{
    /// <summary>A read of accounts never leaves the committee: accounts are found by name before the committee is known, so no filter guards them.</summary>
    public IQueryable<AppUser> Own => db.Users.Where(u => u.TenantId == db.TenantId);

    /// <summary>The one-time password is shown once and must be changed at the first sign-in.</summary>
    public async Task<(IdentityResult Result, string Password)> CreateAsync(Actor actor, NewAccount account, CancellationToken cancellationToken)
    {
        var password = OneTimePassword();
        var user = new AppUser
        {
            Id = Guid.CreateVersion7(),
            TenantId = db.TenantId,
            UserName = account.UserName.Trim(),
            DisplayName = account.DisplayName.Trim(),
            Division = Blank(account.Division),
            SponsoringUnit = Blank(account.SponsoringUnit),
            Email = Blank(account.Email),
            Roles = [.. account.Roles],
            MustChangePassword = true,
        };
        var facts = new { user.Id, user.UserName, user.DisplayName, user.Division, user.SponsoringUnit, account.Roles };
        var result = await change.RunAsync(actor, "createAccount", facts, () => users.CreateAsync(user, password), cancellationToken);
        return (result, password);
    }

    public Task<IdentityResult> DisableAsync(Actor actor, Guid id, bool disabled, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, disabled ? "disableAccount" : "enableAccount", new { id }, user => user.Disabled = disabled, cancellationToken);

    /// <summary>Ends the person's sessions, so that the new roles hold from the next request.</summary>
    public async Task<IdentityResult> SetRolesAsync(Actor actor, Guid id, IReadOnlyList<Role> roles, CancellationToken cancellationToken)
    {
        var before = await Own.Where(u => u.Id == id).Select(u => u.Roles).SingleAsync(cancellationToken);
        return await ChangeAsync(actor, id, "setRoles", new { id, before = before.Order(), after = roles.Order() }, user => user.Roles = [.. roles], cancellationToken);
    }

    public async Task<IdentityResult> ResetSecondFactorAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var user = await Own.SingleAsync(u => u.Id == id, cancellationToken);
        return await change.RunAsync(actor, "resetSecondFactor", new { id }, async () =>
        {
            await secondFactor.ResetAsync(user);
            return await users.UpdateSecurityStampAsync(user);
        }, cancellationToken);
    }

    /// <summary>For who forgot: a new one-time password, sessions ended, the lock lifted.</summary>
    public async Task<(IdentityResult Result, string Password)> ResetPasswordAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var (user, password) = (await Own.SingleAsync(u => u.Id == id, cancellationToken), OneTimePassword());
        var result = await change.RunAsync(actor, "resetPassword", new { id }, async () =>
        {
            (user.MustChangePassword, user.LockoutEnd, user.AccessFailedCount) = (true, null, 0);
            var removed = await users.RemovePasswordAsync(user);
            return removed.Succeeded ? await users.AddPasswordAsync(user, password) : removed;
        }, cancellationToken);
        return (result, password);
    }

    /// <summary>One's own password; every other session of the account ends.</summary>
    public Task<IdentityResult> ChangePasswordAsync(Actor actor, AppUser user, string current, string next, CancellationToken cancellationToken) =>
        change.RunAsync(actor, "changePassword", new { user.Id }, async () =>
        {
            user.MustChangePassword = false;
            return await users.ChangePasswordAsync(user, current, next);
        }, cancellationToken);

    /// <summary>One's own second factor; the recovery codes are shown this once. Null when the code was wrong.</summary>
    public async Task<IReadOnlyList<string>?> EnrolAsync(Actor actor, AppUser user, string? sealedKey, string code, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? codes = null;
        var result = await change.RunAsync(actor, "enrolSecondFactor", new { user.Id }, async () =>
        {
            codes = await secondFactor.EnrolAsync(user, sealedKey, code, cancellationToken);
            return codes is null ? IdentityResult.Failed() : IdentityResult.Success;
        }, cancellationToken);
        return result.Succeeded ? codes : null;
    }

    private async Task<IdentityResult> ChangeAsync(Actor actor, Guid id, string command, object facts, Action<AppUser> edit, CancellationToken cancellationToken)
    {
        var user = await Own.SingleAsync(u => u.Id == id, cancellationToken);
        return await change.RunAsync(actor, command, facts, () =>
        {
            edit(user);
            // A new stamp ends the sessions; it saves the edit with it.
            return users.UpdateSecurityStampAsync(user);
        }, cancellationToken);
    }

    /// <summary>Easy to read out: no letters that look like digits; 16 of 32 signs are 80 bits.</summary>
    private static string OneTimePassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 4)));

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
