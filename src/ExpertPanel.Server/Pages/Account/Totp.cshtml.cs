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

    /// <summary>The offered key, sealed: it comes back with the proof.</summary>
    [BindProperty]
    public string? Sealed { get; set; }

    public OfferedKey Offer { get; private set; } = new("", "", "");

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await users.GetUserAsync(User) is { } user ? Show(user) : Challenge();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (user.TwoFactorEnabled) return RedirectToPage();
        if (string.IsNullOrWhiteSpace(Code)) ModelState.AddModelError(nameof(Code), words["LoginCode.Missing"]);
        else if (await accounts.EnrolAsync((await current.GetAsync()).Own, user, Sealed, Code, HttpContext.RequestAborted) is { } codes)
        {
            RecoveryCodes = codes;
            await sessions.RefreshSignInAsync(user);
            return Page();
        }
        else ModelState.AddModelError(nameof(Code), words["Totp.WrongCode"]);
        return Show(user);
    }

    private PageResult Show(AppUser user)
    {
        Enrolled = user.TwoFactorEnabled;
        if (!Enrolled) Offer = secondFactor.Offer(user, Sealed);
        return Page();
    }
}
