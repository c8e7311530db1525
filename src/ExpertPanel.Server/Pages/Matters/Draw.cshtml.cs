using System.Text;
using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>The draw's transcript, byte for byte as stored: whoever has it can draw again.</summary>
public sealed class DrawModel(MatterAccess access, PanelDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { AsSponsor: false, Matter.Panel: { } panel } open) return NotFound();
        var transcript = await db.Draws.AsNoTracking().Where(d => d.Id == panel.DrawId).Select(d => d.Transcript).SingleOrDefaultAsync(cancellationToken);
        return transcript is null ? NotFound() : Downloads.Attachment(this, $"{open.Matter.Number}-draw.json", "application/json", Encoding.UTF8.GetBytes(transcript));
    }
}
