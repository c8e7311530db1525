using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Admin.Accounts;

/// <summary>A new account has no role yet: the security administrator gives roles.</summary>
public sealed class NewModel(AccountAdministration accounts, CurrentActor current, Words words) : PageModel
{
    [BindProperty]
    public AccountInput Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Input.UserName)) ModelState.AddModelError("Input.UserName", words["Accounts.UserNameMissing"]);
        if (string.IsNullOrWhiteSpace(Input.DisplayName)) ModelState.AddModelError("Input.DisplayName", words["Accounts.DisplayNameMissing"]);
        if (!ModelState.IsValid || Input is not { UserName: { } userName, DisplayName: { } displayName }) return Page();
        var account = new NewAccount(userName, displayName, Input.Division, Input.SponsoringUnit, null, []);
        var (result, password) = await accounts.CreateAsync((await current.GetAsync()).Own, account, cancellationToken);
        ModelState.Add("Input.UserName", result);
        if (!result.Succeeded) return Page();
        this.Secret(words["Accounts.Created"], password);
        var id = await accounts.Own.Where(u => u.UserName == userName.Trim()).Select(u => u.Id).SingleAsync(cancellationToken);
        return RedirectToPage("/Admin/Accounts/Details", new { id });
    }

    public sealed class AccountInput
    {
        public string? UserName { get; set; }

        public string? DisplayName { get; set; }

        public string? Division { get; set; }

        public string? SponsoringUnit { get; set; }
    }
}
