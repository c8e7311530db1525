using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Reports;

/// <summary>年度统计: one table, and the same as Excel.</summary>
public sealed class IndexModel(PanelDb db, StageNames stages, TimeProvider clock, Words words) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "year")]
    public int? Year { get; set; }

    public AnnualReport? Report { get; private set; }

    public IReadOnlyList<ReportLine> Lines { get; private set; } = [];

    public IReadOnlyList<int> Years { get; private set; } = [];

    public DateOnly Today { get; } = ChinaTime.LocalDate(clock.GetUtcNow());

    public async Task OnGetAsync(CancellationToken cancellationToken) => await ReadAsync(cancellationToken);

    public async Task<IActionResult> OnGetExcelAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        var name = words["Reports.TitleOf", Year ?? Today.Year];
        var file = ExcelExport.Write(name, words["Ledger.AsOf", Words.Day(Today)], [new(words["Reports.Group"]), new(words["Reports.Item"]), new(words["Reports.Count"])],
            Lines.Select(IReadOnlyList<object?> (l) => [l.Group, l.Item, l.Value]));
        return Downloads.Excel(this, $"{name}.xlsx", file);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (Year is not (>= 1949 and <= 9998)) Year = Today.Year;
        var first = await db.Matters.MinAsync(m => (DateTimeOffset?)m.ReceivedAt, cancellationToken);
        var from = Math.Min(first is { } f ? ChinaTime.LocalDate(f).Year : Today.Year, Year.Value);
        Years = [.. Enumerable.Range(from, Math.Max(Today.Year, Year.Value) - from + 1).Reverse()];
        Report = await AnnualReport.OfAsync(db, Year.Value, cancellationToken);
        Lines = [.. LinesOf(Report, await stages.LoadAsync(cancellationToken), await stages.OrderAsync(cancellationToken))];
    }

    private IEnumerable<ReportLine> LinesOf(AnnualReport r, Func<string, string> stageName, List<string> stageOrder)
    {
        var all = words["Reports.All"];
        foreach (var (key, count) in new[] { ("Reports.Registered", r.Registered), ("Reports.Accepted", r.Accepted), ("Reports.Issued", r.Issued), ("Reports.Closed", r.Closed), ("Reports.Ended", r.Ended), ("Reports.OnTime", r.OnTime), ("Reports.Late", r.Late) })
            yield return new(all, words[key], count);
        if (r.OnTimeRate is { } rate) yield return new(all, words["Reports.OnTimeRate"], rate);
        foreach (var c in r.Of(AnnualReport.ByType)) yield return new(words["Reports.ByType"], words.Of<MatterType>(c.Key), c.Count, $"/matters?Year={r.Year}&Type={c.Key}");
        foreach (var c in r.Of(AnnualReport.ByStage).OrderBy(c => stageOrder.IndexOf(c.Key))) yield return new(words["Reports.ByStage"], stageName(c.Key), c.Count, $"/matters?Year={r.Year}&Stage={c.Key}");
        foreach (var c in r.Of(AnnualReport.ByConclusion)) yield return new(words["Reports.ByConclusion"], words.Of<ReviewConclusion>(c.Key), c.Count);
        foreach (var c in r.Of(AnnualReport.ByEnding)) yield return new(words["Reports.ByEnding"], words.Of<EndingKind>(c.Key), c.Count, $"/matters?Year={r.Year}&Ended={c.Key}");
        foreach (var c in r.Of(AnnualReport.ByMonth)) yield return new(words["Reports.ByMonth"], words["Reports.Month", c.Key], c.Count);
    }

    public sealed record ReportLine(string Group, string Item, decimal Value, string? Url = null);
}
