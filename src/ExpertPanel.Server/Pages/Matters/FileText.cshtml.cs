using ExpertPanel.Server.Data;
using ExpertPanel.Server.Screening;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>The text that a program finds in a stored file, beside its download. Read for this page and kept nowhere.</summary>
public sealed class FileTextModel(MatterAccess access, FileStates files, FileReading reading, PanelDb db) : PageModel
{
    public OpenMatter? Open { get; private set; }

    public Guid Id { get; private set; }

    public StoredContent? Stored { get; private set; }

    public FileText Read { get; private set; } = FileText.None(FileTextState.NoText);

    public async Task<IActionResult> OnGetAsync(string number, Guid id, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open || !MatterFiles.MaySee(open, id)) return NotFound();
        if (await files.FindAsync(db.TenantId, id, cancellationToken) is not { } stored) return NotFound();
        (Open, Id, Stored) = (open, id, stored);
        if (stored.State.MayServe) Read = await reading.ReadAsync(stored.Type, stored.Content, cancellationToken);
        else Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }
}
