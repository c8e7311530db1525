using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Importing;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>One line of the imports so far.</summary>
public sealed record ImportSummary(Guid Id, string FileName, ImportState State, int Imported, int Refused, string By, DateTimeOffset At);

/// <summary>Takes in a list of experts, and shows the earlier ones.</summary>
[RequestSizeLimit(ImportDesk.LargestFile + (1024 * 1024))]
[RequestFormLimits(MultipartBodyLengthLimit = ImportDesk.LargestFile + (1024 * 1024))]
public sealed class ImportsModel(PanelDb db, ImportDesk desk, CurrentActor current, Words words) : PageModel
{
    public IReadOnlyList<ImportSummary> Rows { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (file is null || file.Length == 0) ModelState.AddModelError("File", words["Import.FileMissing"]);
        else if (file.Length > ImportDesk.LargestFile) ModelState.AddModelError("File", words["Import.FileTooLarge", ImportDesk.LargestFile / 1024 / 1024]);
        else
        {
            var content = new byte[file.Length];
            await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(content, cancellationToken);
            var (id, problem) = await desk.TakeInAsync(file.FileName, content, (await current.GetAsync()).ActingAs(ImportDesk.MayImport), cancellationToken);
            if (id is { } import) return LocalRedirect($"/experts/import/{import}");
            ModelState.AddModelError("File", Words.Problem(problem!));
        }

        await ShowAsync(cancellationToken);
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancellationToken) =>
        Rows = await db.Imports.AsNoTracking().OrderByDescending(i => i.At).Take(100).Select(i => new ImportSummary(i.Id, i.FileName, i.State, i.Imported, i.Refused, i.By, i.At)).ToListAsync(cancellationToken);
}
