using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Admin.Accounts;

public sealed class IndexModel(AccountAdministration accounts, CurrentActor current, TimeProvider clock) : PageModel
{
    private const int Size = 50;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerModel.Parameter)]
    public int PageNumber { get; set; } = 1;

    public int Total { get; private set; }

    public bool MayCreate { get; private set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public PagerModel Pager => new(PageNumber, Size, Total, Request);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        MayCreate = (await current.GetAsync()).Is(Role.SystemAdministrator);
        var matching = string.IsNullOrWhiteSpace(Q) ? accounts.Own
            : accounts.Own.Where(u => u.UserName!.Contains(Q) || u.DisplayName.Contains(Q) || u.Division!.Contains(Q) || u.SponsoringUnit!.Contains(Q));
        Total = await matching.CountAsync(cancellationToken);
        PageNumber = PagerModel.Within(PageNumber, Size, Total);
        var now = clock.GetUtcNow();
        Rows = await matching.OrderBy(u => u.UserName).Skip((PageNumber - 1) * Size).Take(Size)
            .Select(u => new Row(u.Id, u.UserName ?? "", u.DisplayName, u.Division ?? u.SponsoringUnit, u.Roles, u.Disabled, u.LockoutEnd > now, u.MustChangePassword, u.TwoFactorEnabled))
            .ToListAsync(cancellationToken);
    }

    public sealed record Row(
        Guid Id, string UserName, string DisplayName, string? Unit, HashSet<Role> Roles, bool Disabled, bool Locked, bool MustChangePassword, bool SecondFactor);
}
