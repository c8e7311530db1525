using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Account;

public sealed class PasswordModel(
    UserManager<AppUser> users, SignInManager<AppUser> sessions, AccountAdministration accounts, CurrentActor current, Words words) : PageModel
{
    [BindProperty]
    public PasswordInput Input { get; set; } = new();

    public bool Forced => User.HasClaim(AccountClaims.Duty, AccountClaims.PasswordDuty);

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        Check();
        if (!ModelState.IsValid || Input is not { Current: { } old, Next: { } next }) return Page();
        var result = await accounts.ChangePasswordAsync((await current.GetAsync()).Own, user, old, next, HttpContext.RequestAborted);
        foreach (var error in result.Errors)
            ModelState.AddModelError(error.Code == nameof(IdentityErrorDescriber.PasswordMismatch) ? "Input.Current" : "Input.Next", error.Description);
        if (!result.Succeeded) return Page();
        await sessions.RefreshSignInAsync(user);
        this.Notice(words["Password.Changed"]);
        return LocalRedirect("/desk");
    }

    private void Check()
    {
        if (string.IsNullOrEmpty(Input.Current)) ModelState.AddModelError("Input.Current", words["Password.CurrentMissing"]);
        if (string.IsNullOrEmpty(Input.Next)) ModelState.AddModelError("Input.Next", words["Password.NextMissing"]);
        else if (Input.Next != Input.Repeat) ModelState.AddModelError("Input.Repeat", words["Password.Different"]);
        else if (Input.Next == Input.Current) ModelState.AddModelError("Input.Next", words["Password.Same"]);
    }

    public sealed class PasswordInput
    {
        public string? Current { get; set; }

        public string? Next { get; set; }

        public string? Repeat { get; set; }
    }
}
