using System.Globalization;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Reports;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Committees;

/// <summary>全覆盖: one's own committee and those below in the office's fixed order, as a picture and as the table behind it.</summary>
public sealed class IndexModel(PanelDb db, PanelDbFactory databases, TimeProvider clock, Words words) : PageModel
{
    private const int FirstYear = 2004;

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public int Shown { get; private set; }

    public Coverage Coverage { get; private set; } = new("", 0, default, []);

    public IReadOnlyList<int> Years => [.. Enumerable.Range(FirstYear, Today.Year - FirstYear + 1).Reverse()];

    /// <summary>What stands at the top: the committee itself and the next level.</summary>
    public IReadOnlyList<CommitteeCoverage> Above => [.. Coverage.Committees.Take(1), .. Coverage.Committees.Take(1).SelectMany(top => Coverage.Below(top.Code))];

    private DateOnly Today => ChinaTime.LocalDate(clock.GetUtcNow());

    public async Task OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken);

    public async Task<IActionResult> OnGetExcelAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        string[] keys = ["Committees.Code", "Committees.Place", "Committees.Office", "Committees.State", "Committees.Covered", "Committees.Rules", "Committees.Members", "Committees.Experts"];
        var file = ExcelExport.Write(words["Committees.Title"], words["Ledger.AsOf", Words.Day(Coverage.AsOf)],
            [.. keys.Select(k => new ExcelColumn(words[k], Total: k is "Committees.Members" or "Committees.Experts")), new(words["Committees.Matters", Shown], Total: true)],
            Coverage.Committees.Select(IReadOnlyList<object?> (c) => [c.Code, c.Place, c.OfficeName, words[c.Live ? "Committees.IsLive" : "Committees.NotLive"], c.IsCovered, c.RulesVersion, c.Members, c.Experts, c.Matters]));
        return Downloads.Excel(this, $"{words["Committees.Title"]}{Coverage.AsOf.Iso()}.xlsx", file);
    }

    public string Share(IReadOnlyCollection<CommitteeCoverage> places) =>
        Coverage.Share(places) is { } share ? (share * 100).ToString("F2", CultureInfo.InvariantCulture) + "%" : words["Committees.NotApplicable"];

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Shown = Year is { } asked && asked >= FirstYear && asked <= Today.Year ? asked : Today.Year;
        var code = await db.Committees.Where(c => c.Id == db.TenantId).Select(c => c.Code).SingleAsync(cancellationToken);
        Coverage = await Coverage.OfAsync(databases, code, Shown, Shown < Today.Year ? new(Shown, 12, 31) : Today, cancellationToken);
    }
}
