using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Hosting;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpertPanel.Server.Pages.Account;

/// <summary>Whoever was given an account chooses its password. Looking changes nothing, for mail scanners look too.</summary>
[EnableRateLimiting(RateLimits.Reply)]
public sealed class InvitationModel(AccountInvitations invitations, Words words) : PageModel
{
    [BindProperty]
    public PasswordChoice Input { get; set; } = new();

    /// <summary>As it stands in the address.</summary>
    public string Token => RouteData.Values["token"] as string ?? "";

    public InvitedAccount? Invited { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => (Invited = await invitations.FindAsync(Token, cancellationToken)) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await invitations.FindAsync(Token, cancellationToken) is not { } invited) return NotFound();
        Invited = invited;
        if (!invited.Open) return Page();
        if (string.IsNullOrEmpty(Input.Next)) ModelState.AddModelError("Input.Next", words["Password.NextMissing"]);
        else if (Input.Next != Input.Repeat) ModelState.AddModelError("Input.Repeat", words["Password.Different"]);
        if (!ModelState.IsValid || Input.Next is not { } next) return Page();
        var result = await invitations.AcceptAsync(invited, next, $"web {NetworkAddress.Of(HttpContext)}", cancellationToken);
        foreach (var error in result.Errors) ModelState.AddModelError("Input.Next", error.Description);
        if (!result.Succeeded) return Page();
        this.Notice(words["Invitation.Accepted", invited.UserName]);
        return LocalRedirect("/login");
    }

    public sealed class PasswordChoice
    {
        public string? Next { get; set; }

        public string? Repeat { get; set; }
    }
}
