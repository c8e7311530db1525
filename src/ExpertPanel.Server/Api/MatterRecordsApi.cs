using System.Text;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Pages;
using ExpertPanel.Server.Pages.Matters;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <summary>One command of a history and its facts.</summary>
/// <param name="Hash">SHA-256 over this row and the one before.</param>
public sealed record HistoryLine(
    int Sequence, DateTimeOffset At, string ActorId, string ActorName, string? OnBehalfOf, string Origin, string Command, JsonElement Facts, string Before, string After, string Hash)
{
    internal static HistoryLine Of(HistoryRow h) => new(
        h.Sequence, h.At, h.ActorId, h.ActorName, h.OnBehalfOf, h.Origin, h.Command, JsonSerializer.Deserialize<JsonElement>(h.Facts), h.Before, h.After, h.Hash);
}

/// <summary>What lies beside a matter: its history, its draw, its documents.</summary>
internal static class MatterRecordsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var matter = api.MapGroup("/matters/{number}").WithTags("matters");
        matter.MapGet("/history", HistoryAsync).WithName("showHistory").WithSummary("办理过程 / who did what, chained").Produces<IReadOnlyList<HistoryLine>>().ProducesProblem(404);
        matter.MapGet("/draw", DrawAsync).WithName("showDraw").WithSummary("抽取记录，可用 verify-draw 复核 / the draw's transcript").Produces<JsonElement>().ProducesProblem(404);
        matter.MapGet("/draw/explanation", DrawExplanationApi.ShowAsync).WithName("explainDraw").WithSummary("每位专家为何入选或未入选、机会多大 / why everyone is in or out, with chances")
            .Produces<DrawExplanationView>().ProducesProblem(404);
        matter.MapGet("/documents/{kind}", DocumentAsync).WithName("fetchDocument").WithSummary("公文 .docx / a document")
            .Produces(200, contentType: MatterDocument.MediaType).ProducesProblem(404);
    }

    private static async Task<IResult> HistoryAsync(string number, MatterAccess access, PanelDb db, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { AsSponsor: false } open) return ApiAnswers.NotFound;
        var rows = await db.History.AsNoTracking().Where(h => h.StreamId == open.Matter.Id).OrderBy(h => h.Sequence).ToListAsync(cancellationToken);
        return Results.Ok(rows.Select(HistoryLine.Of));
    }

    /// <summary>Byte for byte as stored. Before the draw there is nothing to show: the frozen input holds the secret.</summary>
    private static async Task<IResult> DrawAsync(string number, MatterAccess access, PanelDb db, CancellationToken cancellationToken, Guid? draw = null)
    {
        if (await access.FindAsync(number, cancellationToken) is not { AsSponsor: false } open || (draw ?? open.Matter.Panel?.DrawId) is not { } id) return ApiAnswers.NotFound;
        var transcript = await db.Draws.AsNoTracking().Where(d => d.Id == id && d.MatterId == open.Matter.Id).Select(d => d.Transcript).SingleOrDefaultAsync(cancellationToken);
        return transcript is null ? ApiAnswers.NotFound : Results.Text(transcript, "application/json", Encoding.UTF8);
    }

    private static async Task<IResult> DocumentAsync(string number, string kind, HttpContext context, MatterAccess access, CancellationToken cancellationToken, Guid? invitation = null)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open || (open.AsSponsor && !DocumentAccess.ForSponsor(open.Matter, kind))) return ApiAnswers.NotFound;
        context.Response.Headers.ContentSecurityPolicy = Downloads.Sandbox;
        return MatterDocuments.Write(kind, open.Matter, open.Rules, invitation) is { } document
            ? Results.File(document.Content, MatterDocument.MediaType, document.FileName)
            : ApiAnswers.NotFound;
    }
}
