using ExpertPanel.Server.Documents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>What a matter gives out as files: its documents.</summary>
public sealed class DocumentsModel(MatterAccess access) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string number, string kind, Guid? invitation, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open || (open.AsSponsor && !DocumentAccess.ForSponsor(open.Matter, kind))) return NotFound();
        return MatterDocuments.Write(kind, open.Matter, open.Rules, invitation) is { } document
            ? Downloads.Attachment(this, document.FileName, MatterDocument.MediaType, document.Content)
            : NotFound();
    }
}
