using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Committees;

/// <summary>The places in the office's fixed order, and which of them run their own panel here.</summary>
public sealed class IndexModel(PanelDb db) : PageModel
{
    public IReadOnlyList<PlaceLine> Places { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Places = await db.Committees.AsNoTracking().OrderBy(c => c.Order).ThenBy(c => c.Code)
            .Select(c => new PlaceLine(c.Code, c.Place, c.OfficeName, c.Level, c.ParentCode, c.Live)).ToListAsync(cancellationToken);

    public sealed record PlaceLine(string Code, string Place, string Office, string Level, string? Parent, bool Live);
}
