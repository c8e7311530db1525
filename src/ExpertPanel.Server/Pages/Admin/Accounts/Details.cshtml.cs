using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Admin.Accounts;

public sealed class DetailsModel(AccountAdministration accounts, CurrentActor current, Words words) : PageModel
{
    private static readonly Role[] Administrators = [Role.SystemAdministrator, Role.SecurityAdministrator, Role.AuditAdministrator];

    public static IReadOnlyList<Role> Giveable { get; } = [.. Enum.GetValues<Role>().Except([Role.Expert, Role.System])];

    [BindProperty]
    public List<Role> Roles { get; set; } = [];

    public AppUser Account { get; private set; } = new();

    public SignedIn Me { get; private set; } = new(new("", "", new HashSet<Role>(), ""), [], null);

    public bool Myself => Account.Id.ToString() == Me.Id;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Roles = [.. Account.Roles];
        return Page();
    }

    public Task<IActionResult> OnPostRolesAsync(Guid id, CancellationToken cancellationToken) => ActAsync(id, Role.SecurityAdministrator, async () =>
    {
        if (Myself) ModelState.AddModelError(nameof(Roles), words["Accounts.NotYourself"]);
        if (Roles.Intersect(Administrators).Count() > 1) ModelState.AddModelError(nameof(Roles), words["Accounts.SeparateAdministrators"]);
        if (Roles.Contains(Role.Sponsor) && string.IsNullOrWhiteSpace(Account.SponsoringUnit)) ModelState.AddModelError(nameof(Roles), words["Accounts.UnitMissing"]);
        return ModelState.IsValid ? await accounts.SetRolesAsync(Me.Own, id, [.. Roles.Intersect(Giveable)], cancellationToken) : IdentityResult.Failed();
    }, cancellationToken);

    public Task<IActionResult> OnPostDisableAsync(Guid id, bool disabled, CancellationToken cancellationToken) => ActAsync(id, Role.SystemAdministrator, async () =>
    {
        if (Myself) ModelState.AddModelError("", words["Accounts.NotYourself"]);
        return ModelState.IsValid ? await accounts.DisableAsync(Me.Own, id, disabled, cancellationToken) : IdentityResult.Failed();
    }, cancellationToken);

    public Task<IActionResult> OnPostPasswordAsync(Guid id, CancellationToken cancellationToken) => ActAsync(id, Role.SystemAdministrator, async () =>
    {
        var (result, password) = await accounts.ResetPasswordAsync(Me.Own, id, cancellationToken);
        if (result.Succeeded) this.Secret(words["Accounts.PasswordReset"], password);
        return result;
    }, cancellationToken);

    public Task<IActionResult> OnPostSecondFactorAsync(Guid id, CancellationToken cancellationToken) =>
        ActAsync(id, Role.SecurityAdministrator, () => accounts.ResetSecondFactorAsync(Me.Own, id, cancellationToken), cancellationToken);

    private async Task<IActionResult> ActAsync(Guid id, Role needed, Func<Task<IdentityResult>> act, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (!Me.Own.Is(needed)) return Forbid();
        var result = await act();
        ModelState.Add("", result);
        if (!result.Succeeded) return Page();
        this.Notice(words["Accounts.Changed"]);
        return RedirectToPage(new { id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        Me = await current.GetAsync();
        if (await accounts.Own.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is not { } account) return false;
        Account = account;
        return true;
    }
}
