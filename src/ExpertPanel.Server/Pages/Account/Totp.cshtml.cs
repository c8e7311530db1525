using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Account;

/// <summary>Enrolling a second factor: the key as a picture and as text, a code as proof, then the recovery codes once.</summary>
public sealed class TotpModel(UserManager<AppUser> users, SignInManager<AppUser> sessions, SecondFactor secondFactor, AccountAdministration accounts, CurrentActor current, Words words)
    : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    public bool Forced => User.HasClaim(AccountClaims.Duty, AccountClaims.SecondFactorDuty);

    public bool Enrolled { get; private set; }

    public string Key { get; private set; } = "";

    public string Picture { get; private set; } = "";

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await users.GetUserAsync(User) is { } user ? await ShowAsync(user) : Challenge();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (user.TwoFactorEnabled) return RedirectToPage();
        if (string.IsNullOrWhiteSpace(Code)) ModelState.AddModelError(nameof(Code), words["LoginCode.Missing"]);
        else if (await accounts.EnrolAsync((await current.GetAsync()).Own, user, Code, HttpContext.RequestAborted) is { } codes)
        {
            RecoveryCodes = codes;
            await sessions.RefreshSignInAsync(user);
            return Page();
        }
        else ModelState.AddModelError(nameof(Code), words["Totp.WrongCode"]);
        return await ShowAsync(user);
    }

    private async Task<IActionResult> ShowAsync(AppUser user)
    {
        Enrolled = user.TwoFactorEnabled;
        if (Enrolled) return Page();
        var key = await secondFactor.KeyAsync(user);
        Key = string.Join(' ', key.Chunk(4).Select(part => new string(part)));
        Picture = SecondFactor.QrCode(user, key);
        return Page();
    }
}
