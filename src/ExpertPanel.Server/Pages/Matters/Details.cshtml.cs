using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>One matter on one page: its facts, its way, its deadline, what I can do, and all that was done.</summary>
public sealed class DetailsModel(MatterAccess access, MatterReader reader, PanelDb db, ILetterDesk letters, Words words) : PageModel
{
    public MatterPage? Shown { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open) return NotFound();
        Shown = await reader.ReadAsync(open, cancellationToken);
        return Page();
    }

    /// <summary>Sends a failed letter again, to the address registered now.</summary>
    public async Task<IActionResult> OnPostResendAsync(string number, Guid letter, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open) return NotFound();
        if (!open.Me.Is(Role.Secretariat)) return Forbid();
        if (!await db.Letters.AnyAsync(l => l.Id == letter && l.MatterId == open.Matter.Id, cancellationToken)) return NotFound();
        var refused = await letters.ResendAsync(db.TenantId, letter, open.Me.ActingAs([Role.Secretariat]), cancellationToken);
        this.Notice(refused is null ? words["MatterLetters.Resent"] : words.Refusal(refused));
        return LocalRedirect(open.Url);
    }
}
