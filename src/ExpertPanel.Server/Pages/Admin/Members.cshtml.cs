using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Admin;

/// <summary>Who of other committees works here. The security administrator lets in and takes leave; the audit administrator reads.</summary>
public sealed class MembersModel(PanelDb db, MembershipAdministration members, CurrentActor current, Words words) : PageModel
{
    [BindProperty]
    public MemberInput Input { get; set; } = new();

    public bool MayChange { get; private set; }

    public IReadOnlyList<MembershipRow> Rows { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var me = (await current.GetAsync()).Own;
        if (!me.Is(Role.SecurityAdministrator)) return Forbid();
        var asked = new NewMembership(Input.UserName ?? "", Input.Division, Input.Roles, Input.Reason ?? "");
        foreach (var (field, text) in await members.CheckAsync(asked, cancellationToken)) ModelState.AddModelError("Input." + field, words[text]);
        if (ModelState.IsValid)
        {
            var result = await members.AddAsync(me, asked, cancellationToken);
            ModelState.Add("", result);
            if (result.Succeeded)
            {
                this.Notice(words["Members.Added"]);
                return RedirectToPage();
            }
        }

        await ShowAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellationToken)
    {
        var me = (await current.GetAsync()).Own;
        if (!me.Is(Role.SecurityAdministrator)) return Forbid();
        if (!await members.EndAsync(me, id, cancellationToken)) return NotFound();
        this.Notice(words["Members.WasEnded"]);
        return RedirectToPage();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        MayChange = (await current.GetAsync()).Own.Is(Role.SecurityAdministrator);
        Rows = await db.Memberships.AsNoTracking().OrderBy(m => m.EndedAt != null).ThenBy(m => m.UserName).ToListAsync(cancellationToken);
    }

    public sealed class MemberInput
    {
        public string? UserName { get; set; }

        public string? Division { get; set; }

        public List<Role> Roles { get; set; } = [];

        public string? Reason { get; set; }
    }
}
