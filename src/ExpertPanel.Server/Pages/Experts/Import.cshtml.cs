using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Importing;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>One list on its way into the bank: match, check, import, and what came of it.</summary>
public sealed class ImportModel(PanelDb db, ImportDesk desk, ImportProgress progress, CurrentActor current, Words words) : PageModel
{
    private const int Sampled = 3;

    public ImportRow? Row { get; private set; }

    public ImportColumns Columns { get; private set; } = new(0, [], []);

    /// <summary>The first rows, so that a column is known by what stands in it.</summary>
    public IReadOnlyList<ImportRecord> Samples { get; private set; } = [];

    public ImportCheck? Checked { get; private set; }

    public int Read { get; private set; }

    public int Total { get; private set; }

    [BindProperty]
    public List<string?> Fields { get; set; } = [];

    [BindProperty]
    public string? Approval { get; set; }

    [BindProperty]
    public DateOnly? TermFrom { get; set; }

    [BindProperty]
    public DateOnly? TermTo { get; set; }

    private ImportWish Wish => new(Fields, Approval, TermFrom, TermTo);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnGetRefusedAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Imports.Where(i => i.Id == id).Select(i => new { i.RefusedFile, i.FileName }).SingleOrDefaultAsync(cancellationToken) is { RefusedFile: { } file } row
            ? Downloads.Excel(this, $"{Path.GetFileNameWithoutExtension(row.FileName)}-{words["Import.Out"]}.xlsx", file) : NotFound();

    public async Task<IActionResult> OnPostCheckAsync(Guid id, CancellationToken cancellationToken)
    {
        (Checked, var problems) = await desk.CheckAsync(id, Wish, cancellationToken);
        return await AgainAsync(id, problems, cancellationToken);
    }

    public async Task<IActionResult> OnPostRunAsync(Guid id, CancellationToken cancellationToken)
    {
        var problems = await desk.OrderAsync(id, Wish, await ActorAsync(), cancellationToken);
        return problems.Count == 0 ? LocalRedirect($"/experts/import/{id}") : await AgainAsync(id, problems, cancellationToken);
    }

    public async Task<IActionResult> OnPostDropAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await desk.DropAsync(id, cancellationToken)) return NotFound();
        this.Notice(words["Import.WasDropped"]);
        return LocalRedirect("/experts/import");
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid id, string? reason, CancellationToken cancellationToken)
    {
        if (!await db.Imports.AnyAsync(i => i.Id == id, cancellationToken)) return NotFound();
        var (kept, problems) = await desk.UndoAsync(id, reason?.Trim(), await ActorAsync(), cancellationToken);
        if (problems.Count > 0) return await AgainAsync(id, problems, cancellationToken);
        this.Notice(kept.Count == 0 ? words["Import.WasUndone"] : words["Import.Kept", kept.Count, string.Join(words["List.Separator"], kept.Take(20))]);
        return LocalRedirect($"/experts/import/{id}");
    }

    private async ValueTask<Actor> ActorAsync() => (await current.GetAsync()).ActingAs(ImportDesk.MayImport);

    private async Task<IActionResult> AgainAsync(Guid id, IReadOnlyList<FieldProblem> problems, CancellationToken ct)
    {
        foreach (var problem in problems) ModelState.AddModelError(problem.Field, Words.Problem(problem));
        return await LoadAsync(id, ct) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } row) return false;
        (Row, Columns, Read) = (row, ImportDesk.ColumnsOf(row), progress.Of(id));
        if (row.State != ImportState.Uploaded || row.Content is not { } content) return true;
        if (Fields.Count > 0) Columns = Columns with { Fields = [.. Columns.Headers.Select((_, i) => i < Fields.Count && Fields[i] is { Length: > 0 } field ? field : null)] };
        Samples = [.. ImportTable.Read(content).Where(r => r.Number > Columns.HeaderRow && !r.IsBlank).Take(Sampled)];
        return true;
    }
}
