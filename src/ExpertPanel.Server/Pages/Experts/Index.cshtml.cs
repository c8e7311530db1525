using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>法律专家人才库: search, filters, load, Excel.</summary>
public sealed class IndexModel(PanelDb db, SpecialtyList specialties, CommitteeSettings settings, CurrentActor current, TimeProvider clock, Words words) : PageModel
{
    private const int PageSize = 50;

    private readonly ExpertList list = new(db);

    [BindProperty(SupportsGet = true)]
    public ExpertQuery Query { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = PagerModel.Parameter)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ExpertLine> Lines { get; private set; } = [];

    public bool MayBorrow { get; private set; }

    public PagerModel? Pager { get; private set; }

    public IReadOnlyList<Specialty> Specialties => specialties.All;

    public DateOnly Today { get; } = ChinaTime.LocalDate(clock.GetUtcNow());

    public string ExportUrl => "/experts" + (Request.QueryString.HasValue ? Request.QueryString.Value + "&handler=Excel" : "?handler=Excel");

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var found = list.Find(Query, Today);
        var count = await found.CountAsync(cancellationToken);
        MayBorrow = (await current.GetAsync()).Is(Role.Secretariat);
        PageNumber = PagerModel.Within(PageNumber, PageSize, count);
        Pager = new(PageNumber, PageSize, count, Request);
        Lines = await LoadedAsync(await found.Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken), cancellationToken);
    }

    public async Task<IActionResult> OnGetExcelAsync(CancellationToken cancellationToken)
    {
        var lines = await LoadedAsync(await list.Find(Query, Today).ToListAsync(cancellationToken), cancellationToken);
        string[] keys = ["Expert.BankNumber", "Expert.Name", "Expert.Category", "Expert.Employer", "Expert.Title", "Expert.Specialties", "Expert.Member", "Expert.TermFrom", "Expert.TermTo", "Expert.OnLeave", "Expert.Open", "Expert.Recent"];
        var file = ExcelExport.Write(words["Experts.Title"], words["Ledger.AsOf", Words.Day(Today)],
            [.. keys.Select(k => new ExcelColumn(words[k], Total: k is "Expert.Open" or "Expert.Recent"))],
            lines.Select(IReadOnlyList<object?> (l) =>
            [
                l.Expert.BankNumber, l.Expert.Name, l.Expert.Category, l.Expert.Employer, l.Expert.Title, SpecialtiesOf(l.Expert), l.Expert.CommitteeMember,
                l.Expert.TermFrom, l.Expert.TermTo, l.OnLeave, l.OpenReviews, l.RecentReviews,
            ]));
        return Downloads.Excel(this, $"{words["Experts.Title"]}{Today.Iso()}.xlsx", file);
    }

    public string SpecialtiesOf(ExpertRow expert) => specialties.Labels(expert.Specialties);

    /// <summary>The load shown is counted over the same time as the draw counts it.</summary>
    private async Task<IReadOnlyList<ExpertLine>> LoadedAsync(IReadOnlyList<ExpertRow> experts, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rules = await settings.RulesAsync(db, (await settings.NewestAsync(db, cancellationToken)).RulesVersion, cancellationToken);
        return await list.WithLoadsAsync(experts, Today, rules.LoadSince(now), cancellationToken);
    }
}
