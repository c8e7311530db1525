using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Hosting;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpertPanel.Server.Pages.Account;

/// <summary>The second factor of who has just given the password.</summary>
[EnableRateLimiting(RateLimits.Login)]
public sealed class LoginCodeModel(SignIn signIn, Words words) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync() => await signIn.WaitingAsync() is null ? RedirectToPage("/Account/Login") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.WaitingAsync() is not { } user) return RedirectToPage("/Account/Login");
        if (string.IsNullOrWhiteSpace(Code)) ModelState.AddModelError(nameof(Code), words["LoginCode.Missing"]);
        else if (await signIn.CodeAsync(user, Code) == SignInOutcome.SignedIn) return this.Onward(ReturnUrl);
        else ModelState.AddModelError(nameof(Code), words["LoginCode.Refused"]);
        return Page();
    }
}
