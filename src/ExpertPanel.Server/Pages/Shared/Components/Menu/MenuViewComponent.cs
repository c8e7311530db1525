using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Tenancy;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Shared.Components.Menu;

public sealed record MenuItem(string Text, string Path, bool Current, int Count = 0);

public sealed record MenuModel(string OfficeName, string Person, IReadOnlyList<Role> Roles, IReadOnlyList<DelegatedRole> Delegations, IReadOnlyList<MenuItem> Items, MenuCounts Counts, IReadOnlyList<Place> Places);

/// <summary>A committee that the person belongs to.</summary>
public sealed record Place(string OfficeName, string Path, bool Current);

/// <summary>The left menu: what this person may open and what waits there.</summary>
public sealed class MenuViewComponent(CurrentActor current, MenuCounters counters, PageIndex pages, PanelDb db, PanelDbFactory databases) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var me = await current.GetAsync();
        var counts = await counters.CountAsync(me, HttpContext.RequestAborted);
        var office = await db.Committees.Where(c => c.Id == db.TenantId).Select(c => c.OfficeName).SingleOrDefaultAsync(HttpContext.RequestAborted) ?? "";
        var items = Entries.Where(e => pages.Has(e.Path) && (e.Roles.Length == 0 || me.Roles.Overlaps(e.Roles)))
            .Select(e => new MenuItem(e.Text, e.Path + e.Query, IsCurrent(e), Count(e.Text, counts)));
        return View(new MenuModel(office, me.Own.Name, [.. me.Own.Roles.Order()], me.Delegations, [.. items], counts, await PlacesAsync(me)));
    }

    /// <summary>The own committee first; empty for who belongs to one only.</summary>
    private async Task<IReadOnlyList<Place>> PlacesAsync(SignedIn me)
    {
        var id = Guid.Parse(me.Id);
        await using var anywhere = databases.Create(Guid.Empty);
        var others = await CrossTenant.MembershipsAsync(anywhere, id, HttpContext.RequestAborted);
        if (others.Count == 0) return [];
        var own = await anywhere.Users.Where(u => u.Id == id).Select(u => u.TenantId).SingleAsync(HttpContext.RequestAborted);
        var places = await anywhere.Committees.Where(c => c.Id == own || others.Contains(c.Id)).OrderBy(c => c.Id == own ? 0 : 1).ThenBy(c => c.Order)
            .Select(c => new { c.Id, c.Code, c.OfficeName }).ToListAsync(HttpContext.RequestAborted);
        return [.. places.Select(c => new Place(c.OfficeName, CommitteeAddress.Of(c.Code) + "/desk", c.Id == db.TenantId))];
    }

    private static int Count(string text, MenuCounts counts) => text switch
    {
        "Menu.Todo" => counts.Todo,
        "Menu.HoldingPen" => counts.HeldMails,
        "Menu.Letters" => counts.FailedLetters,
        _ => 0,
    };

    private bool IsCurrent(Entry entry) => entry.Path == "/desk"
        ? Request.Path == entry.Path && "?tab=" + (Request.Query["tab"].FirstOrDefault() ?? "todo") == entry.Query
        : entry.Path == "/matters" ? Request.Path.StartsWithSegments(entry.Path, StringComparison.OrdinalIgnoreCase) && Request.Path != "/matters/register"
        : Request.Path.StartsWithSegments(entry.Path, StringComparison.OrdinalIgnoreCase);

    private sealed record Entry(string Text, string Path, string Query, params Role[] Roles);

    private static readonly Role[] Staff = [.. Enum.GetValues<Role>().Except([Role.Sponsor, Role.Expert, Role.System])];

    private static readonly Entry[] Entries =
    [
        new("Menu.Todo", "/desk", "?tab=todo"),
        new("Menu.InProgress", "/desk", "?tab=progress"),
        new("Menu.Done", "/desk", "?tab=done"),
        new("Menu.Matters", "/matters", ""),
        new("Menu.Register", "/matters/register", "", Role.RegistryClerk, Role.Sponsor),
        new("Menu.Experts", "/experts", "", Staff),
        new("Menu.HoldingPen", "/holding-pen", "", Role.Secretariat),
        new("Menu.Letters", "/letters", "", Role.Secretariat),
        new("Menu.Reports", "/reports", "", Staff),
        new("Menu.Committees", "/committees", "", Staff),
        new("Menu.Onboarding", "/onboarding", "", Role.SystemAdministrator),
        new("Menu.Settings", "/settings", "", Staff),
        new("Menu.Delegations", "/admin/delegations", "", Role.Leader, Role.DivisionHead, Role.SecurityAdministrator, Role.AuditAdministrator),
        new("Menu.Accounts", "/admin/accounts", "", Role.SystemAdministrator, Role.SecurityAdministrator, Role.AuditAdministrator),
        new("Menu.Members", "/admin/members", "", Role.SecurityAdministrator, Role.AuditAdministrator),
        new("Menu.Tokens", "/admin/tokens", "", Staff),
        new("Menu.Audit", "/audit", "", Role.AuditAdministrator),
    ];
}
