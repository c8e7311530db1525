using ExpertPanel.Server.Data;
using ExpertPanel.Server.Files;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows.Matters;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>添加材料: the bytes are kept first, under their hash; then the matter takes the file up.</summary>
public sealed class AttachModel(MatterAccess access, FileStore files, ProcessRunner runner, PanelDb db, Words words) : PageModel
{
    private const string Command = "attachFile";

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public OpenMatter? Open { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken) => await OpenAsync(number, cancellationToken) ?? Page();

    public async Task<IActionResult> OnPostAsync(string number, CancellationToken cancellationToken)
    {
        if (await OpenAsync(number, cancellationToken) is { } answer) return answer;
        if (Open is not { } open) return NotFound();
        if (!Enum.TryParse<FileKind>(Kind, out var kind) || !Enum.IsDefined(kind)) ModelState.AddModelError(nameof(Kind), words["File.KindMissing"]);
        var file = await Uploads.ReadAsync(Upload, cancellationToken);
        if (file is null) ModelState.AddModelError(nameof(Upload), words["File.Missing"]);
        else if (await files.RefuseAsync(db.TenantId, open.Matter.Id, file, nameof(Upload), open.Me.Own, cancellationToken) is { } problem) ModelState.AddModelError(nameof(Upload), Words.Problem(problem));
        if (!ModelState.IsValid || file is null) return Page();

        var attach = await files.StoreAsync(db.TenantId, open.Matter.Id, kind, file, cancellationToken);
        var result = await runner.RunAsync(db.TenantId, open.Matter.Id, attach, open.Me.ActingAs(MatterActions.By(open, Command) ?? []), null, cancellationToken);
        if (result.Refusal is { } refusal)
        {
            ModelState.AddModelError("", words.Refusal(refusal));
            return Page();
        }

        this.Notice(words["Command.Done", Words.Command(Command)]);
        return LocalRedirect(open.Url);
    }

    private async Task<IActionResult?> OpenAsync(string number, CancellationToken cancellationToken)
    {
        Open = await access.FindAsync(number, cancellationToken);
        if (Open is not { } open) return NotFound();
        if (MatterActions.By(open, Command) is not { } by)
        {
            this.Notice(words["Command.NotHere", Words.Command(Command), Words.Of(open.Route.Stage(open.Matter.Stage).Name)]);
            return LocalRedirect(open.Url);
        }

        return open.Me.Roles.Overlaps(by) ? null : Forbid();
    }
}
