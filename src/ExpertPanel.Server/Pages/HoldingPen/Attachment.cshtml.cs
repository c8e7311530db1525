using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Screening;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.HoldingPen;

/// <summary>An attachment of a held mail: the text that a program finds in it, and the file itself to download.</summary>
public sealed class AttachmentModel(PanelDb db, IHoldingPen pen, FileStates states, FileReading reading) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public HeldContent? Held { get; private set; }

    public FileText Read { get; private set; } = FileText.None(FileTextState.NoText);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } held) return NotFound();
        Held = held;
        Read = await reading.ReadAsync(held.File.Type, held.Content, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is { } held ? Downloads.Attachment(this, held.File.Name, held.File.Type, held.Content) : NotFound();

    /// <summary>Only what may be given out.</summary>
    private async Task<HeldContent?> FindAsync(CancellationToken cancellationToken) =>
        await pen.AttachmentAsync(db.TenantId, Id, Number, cancellationToken) is { File.Counts: true } held && states.Of(held.Scan, held.ScanFind, held.File.HasMacros).MayServe ? held : null;
}
