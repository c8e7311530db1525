using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>涉法事务台账: the register with search, filters, paging, Excel and print.</summary>
public sealed class IndexModel(PanelDb db, CurrentActor current, CommitteeSettings settings, TimeProvider clock, Words words) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "")]
    public LedgerQuery Query { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = PagerModel.Parameter)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<LedgerRow> Rows { get; private set; } = [];

    public LedgerTotals Totals { get; private set; } = new(0);

    public PagerModel Pager => new(PageNumber, Query.Size, Totals.Matters, Request);

    public IReadOnlyList<FieldChoice> Stages { get; private set; } = [];

    public IReadOnlyList<FieldChoice> Handlers { get; private set; } = [];

    public IReadOnlyList<int> Years { get; private set; } = [];

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public string ExportUrl => "/matters" + (Request.QueryString.HasValue ? Request.QueryString.Value + "&handler=Excel" : "?handler=Excel");

    private DateOnly Today => ChinaTime.LocalDate(Now);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (!LedgerQuery.Sizes.Contains(Query.Size)) Query.Size = LedgerQuery.Sizes[0];
        var visible = LedgerQuery.Visible(db, await current.GetAsync());
        var found = Query.Filter(visible, Today);
        Totals = await LedgerTotals.OfAsync(found, Today, cancellationToken);
        PageNumber = PagerModel.Within(PageNumber, Query.Size, Totals.Matters);
        Rows = await RowsAsync(Query.Order(found).Skip((PageNumber - 1) * Query.Size).Take(Query.Size), cancellationToken);
        await FillChoicesAsync(visible, cancellationToken);
    }

    public async Task<IActionResult> OnGetExcelAsync(CancellationToken cancellationToken)
    {
        var found = Query.Filter(LedgerQuery.Visible(db, await current.GetAsync()), Today);
        var rows = await RowsAsync(Query.Order(found).Take(LedgerTable.MostExported), cancellationToken);
        var name = words["Ledger.Title"];
        var asOf = words["Ledger.AsOf", Words.Day(Today)] + (rows.Count == LedgerTable.MostExported ? words["Ledger.Cut", rows.Count] : "");
        var file = ExcelExport.Write(name, asOf, LedgerTable.Columns(words), rows.Select((row, index) => LedgerTable.Cells(row, index + 1, words)));
        return Downloads.Excel(this, $"{name}{Today.Iso()}.xlsx", file);
    }

    private async Task<IReadOnlyList<LedgerRow>> RowsAsync(IQueryable<MatterRow> rows, CancellationToken cancellationToken)
    {
        var names = await StageNamesAsync(cancellationToken);
        var calendar = await settings.CalendarAsync(db, cancellationToken);
        var read = new List<LedgerRow>();
        await foreach (var row in rows.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            read.Add(LedgerRow.Of(row, s => names.FirstOrDefault(n => n.Value == s)?.Label ?? s, Now, calendar));
            row.State = "";
        }

        return read;
    }

    private async Task<IReadOnlyList<FieldChoice>> StageNamesAsync(CancellationToken cancellationToken)
    {
        if (Stages.Count > 0) return Stages;
        var newest = await settings.NewestAsync(db, cancellationToken);
        var route = await settings.RouteAsync(db, newest.RouteId, newest.RouteVersion, cancellationToken);
        return Stages = [.. route.Stages.Select(s => new FieldChoice(s.Id, Words.Of(s.Name)))];
    }

    /// <summary>Asks the accounts and an index, not every matter there ever was.</summary>
    private async Task FillChoicesAsync(IQueryable<MatterRow> visible, CancellationToken cancellationToken)
    {
        var people = await db.Users.Where(u => u.TenantId == db.TenantId).OrderBy(u => u.DisplayName).Select(u => new { u.Id, u.DisplayName, u.Roles }).ToListAsync(cancellationToken);
        Handlers = [.. people.Where(u => u.Roles.Contains(Role.CaseHandler)).Select(u => new FieldChoice(u.Id.ToString(), u.DisplayName))];
        var first = await visible.MinAsync(m => (DateTimeOffset?)m.RegisteredAt, cancellationToken) ?? Now;
        // What came in at the end of a year may be registered in the next.
        var from = Math.Min(ChinaTime.LocalDate(first).Year - 1, Query.Year is >= 1949 ? Query.Year.Value : int.MaxValue);
        Years = [.. Enumerable.Range(from, Math.Max(1, Today.Year - from + 1)).Reverse()];
    }
}

/// <summary>The ledger's last line: what the current filter adds up to.</summary>
public sealed record LedgerTotals(int Matters, int Open = 0, int Overdue = 0, int Issued = 0, bool Counted = false)
{
    /// <summary>Beyond this, only how many: the parts would read every row at every look.</summary>
    private const int MostCounted = 20_000;

    public static async Task<LedgerTotals> OfAsync(IQueryable<MatterRow> found, DateOnly today, CancellationToken cancellationToken)
    {
        var count = await found.CountAsync(cancellationToken);
        if (count is 0 or > MostCounted) return new(count);
        return await found.GroupBy(_ => 1).Select(g => new LedgerTotals(
            g.Count(),
            g.Count(m => m.ClosedAt == null),
            g.Count(m => m.ReviewDue < today && m.ReviewMetAt == null && m.ClosedAt == null && !(m.ReviewPausedOn != null && m.ReviewPausedOn <= m.ReviewDue)),
            g.Count(m => m.DocumentNumber != null),
            true)).SingleOrDefaultAsync(cancellationToken) ?? new(count);
    }
}
