using ExpertPanel.Server.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Account;

public sealed class LogoutModel(UserManager<AppUser> users) : PageModel
{
    public IActionResult OnGet() => RedirectToPage("/Desk/Index");

    /// <summary>Ends every session of the account: a copied cookie is worthless afterwards (ASVS V7.4.1).</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is { } user) await users.UpdateSecurityStampAsync(user);
        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        return RedirectToPage("/Account/Login");
    }
}
