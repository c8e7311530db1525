using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Hosting;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpertPanel.Server.Pages.Account;

[EnableRateLimiting(RateLimits.Login)]
public sealed class LoginModel(SignIn signIn, Words words) : PageModel
{
    [BindProperty]
    public LoginInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? this.Onward(ReturnUrl) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Input.Name)) ModelState.AddModelError("Input.Name", words["Login.NameMissing"]);
        if (string.IsNullOrEmpty(Input.Password)) ModelState.AddModelError("Input.Password", words["Login.PasswordMissing"]);
        if (!ModelState.IsValid || Input is not { Name: { } name, Password: { } password }) return Page();
        switch (await signIn.PasswordAsync(name.Trim(), password))
        {
            case SignInOutcome.SignedIn: return this.Onward(ReturnUrl);
            case SignInOutcome.SecondFactor: return RedirectToPage("/Account/LoginCode", new { ReturnUrl });
            default:
                ModelState.AddModelError("", words["Login.Refused"]);
                return Page();
        }
    }

    public sealed class LoginInput
    {
        public string? Name { get; set; }

        public string? Password { get; set; }
    }
}

internal static class ReturnUrls
{
    /// <summary>Back to where one came from, if that is a page of ours; no other site gets a visitor from here.</summary>
    public static IActionResult Onward(this PageModel page, string? returnUrl) =>
        page.Url.IsLocalUrl(returnUrl) ? page.LocalRedirect(returnUrl) : page.LocalRedirect("/desk");
}
