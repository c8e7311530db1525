using ExpertPanel.Server.Data;
using ExpertPanel.Server.Files;
using ExpertPanel.Server.Pages;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Matters;
using ExpertPanel.Server.Resources;
using ExpertPanel.Server.Screening;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using Microsoft.AspNetCore.Mvc;

namespace ExpertPanel.Server.Api;

/// <summary>材料: the bytes are kept first, under their hash; then the matter takes the file up.</summary>
internal static class FilesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var files = api.MapGroup("/matters/{number}/files").WithTags("files");
        files.MapPost("", AttachAsync).WithName("attachFile").WithSummary("添加材料（multipart/form-data）/ attach a file").Accepts<AttachForm>("multipart/form-data")
            .Produces<CommandDone>().ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409).ProducesProblem(413);
        files.MapGet("/{id:guid}", FetchAsync).WithName("fetchFile").WithSummary("取材料 / a file as it was handed in").Produces(200, contentType: "application/octet-stream").ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>The parts of the upload.</summary>
    internal sealed record AttachForm(FileKind Kind, IFormFile File);

    private static async Task<IResult> AttachAsync(
        string number, [FromForm] string? kind, IFormFile? file, HttpRequest request, MatterAccess access, FileStore store, CommandRunner runner, PanelDb db, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open) return ApiAnswers.NotFound;
        var command = MatterCommands.NameOf(typeof(AttachFile));
        // Who may not attach leaves no bytes behind.
        if (MatterActions.By(open, command) is not { } by || !open.Me.Roles.Overlaps(by)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (!Enum.TryParse<FileKind>(kind, ignoreCase: true, out var chosen) || !Enum.IsDefined(chosen))
            return ApiAnswers.Slip(nameof(kind), "请选择材料种类。", $"The kind is one of {string.Join(", ", Enum.GetNames<FileKind>())}.");
        if (await Uploads.ReadAsync(file, cancellationToken) is not { } handed) return ApiAnswers.Slip(nameof(file), "请提供文件。", "Provide the file.");
        if (await store.RefuseAsync(db.TenantId, open.Matter.Id, handed, nameof(file), open.Me.Own, cancellationToken) is { } problem) return ApiAnswers.Slips([problem]);
        var attach = await store.StoreAsync(db.TenantId, open.Matter.Id, chosen, handed, cancellationToken);
        return await runner.RunAsync(request, attach, open.Matter.Id, CommandsApi.Acting(open, command), cancellationToken);
    }

    private static async Task<IResult> FetchAsync(string number, Guid id, HttpContext context, MatterAccess access, FileStates files, Words words, PanelDb db, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open) return ApiAnswers.NotFound;
        if (!MatterFiles.MaySee(open, id) || await files.FindAsync(db.TenantId, id, cancellationToken) is not { } file) return ApiAnswers.NotFound;
        if (!file.State.MayServe) return Results.Problem(words["Scan.NotServedExplain"], statusCode: StatusCodes.Status409Conflict);
        context.Response.Headers.ContentSecurityPolicy = Downloads.Sandbox;
        return Results.File(file.Content, file.Type, file.Name);
    }
}
