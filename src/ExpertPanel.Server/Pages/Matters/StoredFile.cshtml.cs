using ExpertPanel.Server.Data;
using ExpertPanel.Server.Screening;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>A stored file of the matter: its materials, and what experts sent along. What is infected, barred or not yet scanned is named, and not given out.</summary>
public sealed class StoredFileModel(MatterAccess access, FileStates files, PanelDb db) : PageModel
{
    public OpenMatter? Open { get; private set; }

    public StoredContent? Stored { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, Guid id, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open || !MatterFiles.MaySee(open, id)) return NotFound();
        if (await files.FindAsync(db.TenantId, id, cancellationToken) is not { } stored) return NotFound();
        if (stored.State.MayServe) return Downloads.Attachment(this, stored.Name, stored.Type, stored.Content);
        (Open, Stored) = (open, stored);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }
}
