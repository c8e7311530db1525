using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Importing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <param name="Read">Rows read so far, while it waits or runs.</param>
public sealed record ImportLine(Guid Id, string FileName, string Sha256, ImportState State, string By, DateTimeOffset At, DateTimeOffset? DoneAt, int Imported, int Refused, string? Fault, int Read);

/// <param name="Columns">Each header with the field it was matched to.</param>
/// <param name="Problems">Of the refused rows, the first 200.</param>
public sealed record ImportPreview(int Rows, int Ready, int Refused, int Duplicates, IReadOnlyList<ImportedColumn> Columns, IReadOnlyList<ImportProblem> Problems);

public sealed record ImportedColumn(string Header, string? Field);

public sealed record ImportUndo(string? Reason);

public sealed record ImportUndone(IReadOnlyList<string> Kept);

/// <summary>专家名单导入.</summary>
internal static class ImportsApi
{
    private const int MostShown = 200;

    public static void Map(RouteGroupBuilder api)
    {
        var imports = api.MapGroup("/expert-imports").WithTags("experts").RequireAuthorization(Policies.Secretariat);
        imports.MapPost("", TakeInAsync).WithName("importExperts").WithSummary("导入专家名单（multipart/form-data；dryRun 只检查）/ import a list of experts").Accepts<ImportForm>("multipart/form-data")
            .Produces<ImportLine>(202).Produces<ImportPreview>().ProducesValidationProblem().ProducesProblem(413).WithMetadata(new RequestSizeLimitAttribute(ImportDesk.LargestFile + (1024 * 1024)));
        imports.MapGet("", ListAsync).WithName("listImports").WithSummary("历次导入 / imports").Produces<IReadOnlyList<ImportLine>>();
        imports.MapGet("/{id:guid}", ShowAsync).WithName("showImport").WithSummary("导入进度 / how far it is").Produces<ImportLine>().ProducesProblem(404);
        imports.MapGet("/{id:guid}/refused", RefusedAsync).WithName("fetchRefusedRows").WithSummary("未导入的行 / the refused rows as .xlsx").Produces(200, contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").ProducesProblem(404);
        imports.MapPost("/{id:guid}/undo", UndoAsync).WithName("undoImport").WithSummary("撤销导入 / take an import back").Produces<ImportUndone>().ProducesValidationProblem().ProducesProblem(404);
    }

    internal sealed record ImportForm(IFormFile File, string Approval, DateOnly TermFrom, DateOnly TermTo, bool DryRun);

    private static async Task<IResult> TakeInAsync(
        IFormFile? file, [FromForm] string? approval, [FromForm] DateOnly? termFrom, [FromForm] DateOnly? termTo, [FromForm] bool? dryRun, ImportDesk desk, PanelDb db, CurrentActor current, CancellationToken cancellationToken)
    {
        if (file is null || file.Length == 0) return ApiAnswers.Slip(nameof(file), "请提供文件。", "Provide the file.");
        if (file.Length > ImportDesk.LargestFile) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var actor = (await current.GetAsync()).ActingAs(ImportDesk.MayImport);
        var content = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(content, cancellationToken);
        var (id, problem) = await desk.TakeInAsync(file.FileName, content, actor, cancellationToken);
        if (id is not { } import) return ApiAnswers.Slips([problem!]);
        var wish = new ImportWish(null, approval, termFrom, termTo);
        if (dryRun == true)
        {
            var (check, problems) = await desk.CheckAsync(import, wish, cancellationToken);
            var columns = ImportDesk.ColumnsOf(await db.Imports.AsNoTracking().SingleAsync(i => i.Id == import, cancellationToken));
            await desk.DropAsync(import, cancellationToken);
            return check is null ? ApiAnswers.Slips(problems) : Results.Ok(new ImportPreview(
                check.Rows, check.Ready.Count, check.Refused.Count, check.Duplicates, [.. columns.Headers.Zip(columns.Fields, (h, f) => new ImportedColumn(h, f))], [.. check.Refused.SelectMany(r => r.Problems).Take(MostShown)]));
        }

        if (await desk.OrderAsync(import, wish, actor, cancellationToken) is { Count: > 0 } slips)
        {
            await desk.DropAsync(import, cancellationToken);
            return ApiAnswers.Slips(slips);
        }

        return Results.Accepted($"{ApiSetup.Root}/expert-imports/{import}", (await LinesAsync(db, null, import, cancellationToken)).Single());
    }

    private static async Task<IResult> ListAsync(PanelDb db, ImportProgress progress, CancellationToken cancellationToken) => Results.Ok(await LinesAsync(db, progress, null, cancellationToken));

    private static async Task<IResult> ShowAsync(Guid id, PanelDb db, ImportProgress progress, CancellationToken cancellationToken) =>
        (await LinesAsync(db, progress, id, cancellationToken)).SingleOrDefault() is { } line ? Results.Ok(line) : ApiAnswers.NotFound;

    private static async Task<IResult> RefusedAsync(Guid id, PanelDb db, CancellationToken cancellationToken) =>
        await db.Imports.Where(i => i.Id == id).Select(i => i.RefusedFile).SingleOrDefaultAsync(cancellationToken) is { } file
            ? Results.File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"refused-{id}.xlsx") : ApiAnswers.NotFound;

    private static async Task<IResult> UndoAsync(Guid id, ImportUndo undo, ImportDesk desk, PanelDb db, CurrentActor current, CancellationToken cancellationToken)
    {
        if (!await db.Imports.AnyAsync(i => i.Id == id, cancellationToken)) return ApiAnswers.NotFound;
        var (kept, problems) = await desk.UndoAsync(id, undo.Reason, (await current.GetAsync()).ActingAs(ImportDesk.MayImport), cancellationToken);
        return problems.Count > 0 ? ApiAnswers.Slips(problems) : Results.Ok(new ImportUndone(kept));
    }

    private static async Task<IReadOnlyList<ImportLine>> LinesAsync(PanelDb db, ImportProgress? progress, Guid? only, CancellationToken ct) =>
    [
        .. (await db.Imports.AsNoTracking().Where(i => only == null || i.Id == only).OrderByDescending(i => i.At).Take(200)
            .Select(i => new ImportLine(i.Id, i.FileName, i.Sha256, i.State, i.By, i.At, i.DoneAt, i.Imported, i.Refused, i.Fault, 0)).ToListAsync(ct)).Select(l => l with { Read = progress?.Of(l.Id) ?? 0 }),
    ];
}
