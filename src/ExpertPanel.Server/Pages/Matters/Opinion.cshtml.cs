using ExpertPanel.Server.Documents;
using ExpertPanel.Workflows.Documents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>合法性审查意见书 to print: the very text of the file.</summary>
public sealed class OpinionModel(MatterAccess access) : PageModel
{
    public OpenMatter? Open { get; private set; }

    public ReviewOpinionDocument? Document { get; private set; }

    public IReadOnlyList<DocumentSection> Sections { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open || (open.AsSponsor && !DocumentAccess.ForSponsor(open.Matter, MatterDocuments.Opinion))) return NotFound();
        (Open, Document) = (open, OpinionMapping.Opinion(open.Matter, open.Rules));
        if (Document is null) return NotFound();
        Sections = OpinionSections.Of(Document);
        return Page();
    }
}
