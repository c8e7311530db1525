using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters.Explained;

/// <summary>A page on a draw that was made. Whoever may read its transcript may read its explanation; a sponsor may not.</summary>
public abstract class ExplainedPage(MatterAccess access, ExplainedDraws draws, PanelDb db) : PageModel
{
    /// <summary>Set before a page is shown.</summary>
    public OpenMatter Open { get; private set; } = null!;

    /// <summary>Set before a page is shown.</summary>
    public ExplainedDraw Draw { get; private set; } = null!;

    public string Address => Open.Url + "/draw";

    /// <returns>Whether there is such a draw for this reader.</returns>
    protected async Task<bool> FindAsync(string number, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { AsSponsor: false, Matter.Panel: { } panel } open
            || await draws.OfAsync(db, panel.DrawId, cancellationToken) is not { } draw)
            return false;
        (Open, Draw) = (open, draw);
        return true;
    }
}
