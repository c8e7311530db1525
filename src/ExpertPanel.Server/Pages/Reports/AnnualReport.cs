using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Reports;

public sealed record ReportCount(string Group, string Key, int Count);

/// <summary>The year's figures, counted by the database. A matter belongs to the year in which it was received.</summary>
public sealed record AnnualReport(int Year, int Registered, int Accepted, int Closed, int Ended, int Issued, int OnTime, int Late, IReadOnlyList<ReportCount> Counts)
{
    public const string ByType = "type";
    public const string ByStage = "stage";
    public const string ByConclusion = "conclusion";
    public const string ByMonth = "month";
    public const string ByEnding = "ending";

    /// <summary>Of the issued; null where nothing was.</summary>
    public decimal? OnTimeRate => OnTime + Late == 0 ? null : Math.Round(100m * OnTime / (OnTime + Late), 2);

    public IEnumerable<ReportCount> Of(string group) => Counts.Where(c => c.Group == group);

    public static async Task<AnnualReport> OfAsync(PanelDb db, int year, CancellationToken cancellationToken)
    {
        var (from, to) = (ChinaTime.At(new(year, 1, 1), 0), ChinaTime.At(new(year + 1, 1, 1), 0));
        var matters = db.Matters.AsNoTracking().Where(m => m.ReceivedAt >= from && m.ReceivedAt < to);
        var counts = new List<ReportCount>();
        counts.AddRange(await matters.GroupBy(m => m.Type).Select(g => new ReportCount(ByType, g.Key, g.Count())).ToListAsync(cancellationToken));
        counts.AddRange(await matters.GroupBy(m => m.Stage).Select(g => new ReportCount(ByStage, g.Key, g.Count())).ToListAsync(cancellationToken));
        counts.AddRange(await matters.Where(m => m.DocumentNumber != null && m.Conclusion != null).GroupBy(m => m.Conclusion ?? "").Select(g => new ReportCount(ByConclusion, g.Key, g.Count())).ToListAsync(cancellationToken));
        counts.AddRange(await matters.Where(m => m.Ending != null).GroupBy(m => m.Ending ?? "").Select(g => new ReportCount(ByEnding, g.Key, g.Count())).ToListAsync(cancellationToken));
        // A matter is on time when the moment its clock stopped lies before the end of the due day in Beijing.
        var met = await matters.Where(m => m.ReviewMetAt != null && m.ReviewDue != null && m.Ending == null).GroupBy(m => new { m.ReviewMetAt, m.ReviewDue })
            .Select(g => new { g.Key.ReviewMetAt, g.Key.ReviewDue, Count = g.Count() }).ToListAsync(cancellationToken);
        var received = await matters.GroupBy(m => m.ReceivedAt).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        counts.AddRange(received.GroupBy(r => ChinaTime.LocalDate(r.Key).Month).OrderBy(g => g.Key)
            .Select(g => new ReportCount(ByMonth, g.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), g.Sum(r => r.Count))));
        return new(
            year, await matters.CountAsync(cancellationToken), await matters.CountAsync(m => m.AcceptedAt != null, cancellationToken),
            await matters.CountAsync(m => m.ClosedAt != null && m.Ending == null, cancellationToken), await matters.CountAsync(m => m.Ending != null, cancellationToken),
            await matters.CountAsync(m => m.DocumentNumber != null, cancellationToken),
            met.Where(m => m.ReviewMetAt < ChinaTime.EndOfDay(m.ReviewDue ?? default)).Sum(m => m.Count),
            met.Where(m => m.ReviewMetAt >= ChinaTime.EndOfDay(m.ReviewDue ?? default)).Sum(m => m.Count), counts);
    }
}
