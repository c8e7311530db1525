using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Admin;

/// <summary>Who acts for whom. A leader or head names their own delegate; security and audit administrators read.</summary>
public sealed class DelegationsModel(PanelDb db, DelegationAdministration delegations, CurrentActor current, Words words) : PageModel
{
    [BindProperty]
    public DelegationInput Input { get; set; } = new();

    public IReadOnlyList<Role> MyRoles { get; private set; } = [];

    public IReadOnlyList<FieldChoice> People { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public DateOnly Today => delegations.Today;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await ShowAsync(cancellationToken);
        Input.FirstDay ??= Today;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var me = (await current.GetAsync()).Own;
        var asked = new NewDelegation(Input.To ?? default, Input.Role ?? default, Input.FirstDay ?? default, Input.LastDay ?? default, Input.Reason ?? "");
        foreach (var (field, text) in await delegations.CheckAsync(me, asked, cancellationToken)) ModelState.AddModelError("Input." + field, words[text]);
        if (string.IsNullOrWhiteSpace(Input.Reason)) ModelState.AddModelError("Input.Reason", words["Delegation.ReasonMissing"]);
        if (ModelState.IsValid)
        {
            var result = await delegations.AddAsync(me, asked, cancellationToken);
            ModelState.Add("", result);
            if (result.Succeeded)
            {
                this.Notice(words["Delegation.Added"]);
                return RedirectToPage();
            }
        }

        await ShowAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await delegations.EndAsync((await current.GetAsync()).Own, id, cancellationToken)) return NotFound();
        this.Notice(words["Delegation.WasEnded"]);
        return RedirectToPage();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var me = await current.GetAsync();
        var myId = Guid.Parse(me.Id);
        MyRoles = [.. DelegationAdministration.Delegable.Where(me.Own.Is)];
        var people = await db.Users.Where(u => u.TenantId == db.TenantId && !u.Disabled).OrderBy(u => u.UserName).ToListAsync(cancellationToken);
        People = [.. people.Where(u => u.IsStaff && u.Id != myId).Select(u => new FieldChoice(u.Id.ToString(), u.Division is null ? u.DisplayName : $"{u.DisplayName}（{u.Division}）"))];
        var all = me.Own.Is(Role.SecurityAdministrator) || me.Own.Is(Role.AuditAdministrator);
        Rows = await (
            from d in db.Delegations
            where all || d.FromUserId == myId || d.ToUserId == myId
            join giver in db.Users on d.FromUserId equals giver.Id
            join taker in db.Users on d.ToUserId equals taker.Id
            orderby d.LastDay descending, d.FirstDay descending
            select new Row(d.Id, giver.DisplayName, taker.DisplayName, d.Role, d.FirstDay, d.LastDay, d.Reason, d.FromUserId == myId)).Take(200).ToListAsync(cancellationToken);
    }

    public sealed class DelegationInput
    {
        public Guid? To { get; set; }

        public Role? Role { get; set; }

        public DateOnly? FirstDay { get; set; }

        public DateOnly? LastDay { get; set; }

        public string? Reason { get; set; }
    }

    public sealed record Row(Guid Id, string From, string To, Role Role, DateOnly FirstDay, DateOnly LastDay, string Reason, bool Mine);
}
