using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>A stored file of the matter: its materials, and what experts sent along.</summary>
public sealed class StoredFileModel(MatterAccess access, PanelDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string number, Guid id, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open) return NotFound();
        var ofExperts = open.AsSponsor ? [] : open.Matter.AllInvitations.SelectMany(i => i.Opinions).SelectMany(o => o.Files).Select(f => f.Id);
        if (!MatterFiles.Visible(open).Select(f => f.Id).Concat(ofExperts).Contains(id)) return NotFound();
        var file = await db.Files.AsNoTracking().Where(f => f.Id == id).Select(f => new { f.Name, f.MediaType, f.Content }).SingleOrDefaultAsync(cancellationToken);
        return file is null ? NotFound() : Downloads.Attachment(this, file.Name, file.MediaType, file.Content);
    }
}
