using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.Mvc;

namespace ExpertPanel.Server.Pages.Matters.Explained;

/// <summary>For the expert who asks: his own facts and nobody else's, not even the matter's title.</summary>
public sealed class ExpertModel(MatterAccess access, ExplainedDraws draws, PanelDb db, ExplanationWords says) : ExplainedPage(access, draws, db)
{
    public ExplainedExpert Expert { get; private set; } = null!;

    public ExplanationWords Says => says;

    public async Task<IActionResult> OnGetAsync(string number, string id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(number, cancellationToken) || Draw.Find(id) is not { } expert) return NotFound();
        Expert = expert;
        return Page();
    }
}
