using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.Mvc;

namespace ExpertPanel.Server.Pages.Matters.Explained;

/// <summary>一分钟说明: the draw on one sheet of paper, for a leader who asks how it came about.</summary>
public sealed class SummaryModel(MatterAccess access, ExplainedDraws draws, PanelDb db, ExplanationWords says) : ExplainedPage(access, draws, db)
{
    public ExplanationWords Says => says;

    /// <summary>How many were excluded for each reason; who has two reasons counts twice.</summary>
    public IEnumerable<(string Code, int Experts)> Reasons =>
        Draw.Excluded.SelectMany(one => one.Why.Reasons).CountBy(reason => reason.Code, StringComparer.Ordinal).OrderByDescending(one => one.Value).Select(one => (one.Key, one.Value));

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken) =>
        await FindAsync(number, cancellationToken) ? Page() : NotFound();
}
