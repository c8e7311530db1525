using System.Text;
using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>The transcript of the draw, or of one that was given up: byte for byte as stored, so that whoever has it can draw again.</summary>
public sealed class DrawModel(MatterAccess access, PanelDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string number, Guid? draw, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { AsSponsor: false } open || (draw ?? open.Matter.Panel?.DrawId) is not { } id) return NotFound();
        var transcript = await db.Draws.AsNoTracking().Where(d => d.Id == id && d.MatterId == open.Matter.Id).Select(d => d.Transcript).SingleOrDefaultAsync(cancellationToken);
        return transcript is null ? NotFound() : Downloads.Attachment(this, $"{open.Matter.Number}-draw.json", "application/json", Encoding.UTF8.GetBytes(transcript));
    }
}
