using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using Microsoft.AspNetCore.Mvc;

namespace ExpertPanel.Server.Pages.Matters.Explained;

/// <summary>Every expert of the pool: in or out, why, his lot, his chance and what would have had to differ.</summary>
public sealed class IndexModel(MatterAccess access, ExplainedDraws draws, PanelDb db, ExplanationWords says) : ExplainedPage(access, draws, db)
{
    [BindProperty(SupportsGet = true, Name = "")]
    public ExplanationQuery Query { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = PagerModel.Parameter)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ExplainedExpert> Rows { get; private set; } = [];

    public PagerModel Pager { get; private set; } = null!;

    public ExplanationWords Says => says;

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken)
    {
        if (!await FindAsync(number, cancellationToken)) return NotFound();
        if (!ExplanationQuery.Sizes.Contains(Query.Size)) Query.Size = ExplanationQuery.Sizes[0];
        var found = Query.Of(Draw.Experts).ToList();
        PageNumber = PagerModel.Within(PageNumber, Query.Size, found.Count);
        Pager = new(PageNumber, Query.Size, found.Count, Request);
        Rows = [.. found.Skip((PageNumber - 1) * Query.Size).Take(Query.Size)];
        return Page();
    }
}
