using System.Net.Mime;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <param name="Note">Why it counts.</param>
public sealed record AcceptHeldMail(Guid? InvitationId, OpinionStand? Stand, string? Note, bool RegisterAddress = false);

public sealed record DiscardHeldMail(string? Reason);

/// <summary>收件待定: mail that waits for a person.</summary>
internal static class MailsApi
{
    private const int LongestNote = 500;

    public static void Map(RouteGroupBuilder api)
    {
        var mails = api.MapGroup("/held-mails").WithTags("mails").RequireAuthorization(Policies.Secretariat);
        mails.MapGet("", ListAsync).WithName("listHeldMails").WithSummary("待定来件 / held mails").Produces<ApiPage<HeldMail>>();
        mails.MapGet("/{id:guid}", ShowAsync).WithName("showHeldMail").WithSummary("一封待定来件 / one held mail").Produces<HeldMailDetail>().ProducesProblem(404);
        mails.MapGet("/{id:guid}/raw", RawAsync).WithName("fetchHeldMail").WithSummary("原件 / the mail as it came").Produces(200, contentType: MediaTypeNames.Application.Octet).ProducesProblem(404);
        mails.MapPost("/{id:guid}/accept", AcceptAsync).WithName("acceptHeldMail").WithSummary("计入 / it counts").Accepts<AcceptHeldMail>(MediaTypeNames.Application.Json)
            .Produces(204).ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        mails.MapPost("/{id:guid}/discard", DiscardAsync).WithName("discardHeldMail").WithSummary("不计入 / it does not count").Accepts<DiscardHeldMail>(MediaTypeNames.Application.Json)
            .Produces(204).ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409);
        HeldMailActionsApi.Map(mails);
    }

    private static async Task<IResult> ListAsync(PanelDb db, IHoldingPen pen, CancellationToken cancellationToken, int page = 1, int size = 50, string? reason = null)
    {
        (page, size) = (Math.Clamp(page, 1, 1_000_000), Math.Clamp(size, 1, ApiAnswers.LargestPage));
        var held = await pen.ListAsync(db.TenantId, (page - 1) * size, size, cancellationToken, reason);
        return Results.Ok(new ApiPage<HeldMail>(held.Total, page, size, held.Mails));
    }

    private static async Task<IResult> ShowAsync(Guid id, PanelDb db, IHoldingPen pen, CancellationToken cancellationToken, string? matter = null) =>
        await pen.ShowAsync(db.TenantId, id, matter, cancellationToken) is { } mail ? Results.Ok(mail) : ApiAnswers.NotFound;

    private static async Task<IResult> RawAsync(Guid id, HttpContext context, PanelDb db, IHoldingPen pen, CancellationToken cancellationToken)
    {
        if (await pen.RawAsync(db.TenantId, id, cancellationToken) is not { } raw) return ApiAnswers.NotFound;
        context.Response.Headers.ContentSecurityPolicy = Downloads.Sandbox;
        return Results.File(raw, MediaTypeNames.Application.Octet, $"{id:N}.eml");
    }

    private static async Task<IResult> AcceptAsync(
        Guid id, HttpRequest request, PanelDb db, IHoldingPen pen, CurrentActor current, Words words, CancellationToken cancellationToken)
    {
        var (body, refused) = await PlainBody.ReadAsync<AcceptHeldMail>(request, cancellationToken);
        if (body is null) return refused ?? ApiAnswers.NotFound;
        var slips = new List<FieldProblem>();
        if (body.InvitationId is null) slips.Add(new(nameof(body.InvitationId), "请选择计入哪份邀请。", "Choose the invitation."));
        if (body.Stand is not { } stood || !Enum.IsDefined(stood)) slips.Add(new(nameof(body.Stand), "请选择总体意见。", "Choose the stand."));
        if (string.IsNullOrWhiteSpace(body.Note) || body.Note.Length > LongestNote) slips.Add(new(nameof(body.Note), $"请说明计入的理由（最长 {LongestNote} 字）。", $"Say why it counts, in {LongestNote} characters."));
        if (slips.Count > 0 || body is not { InvitationId: { } invitation, Stand: { } stand }) return ApiAnswers.Slips(slips);
        var refusal = await pen.AcceptAsync(db.TenantId, id, new(invitation, stand, body.RegisterAddress, body.Note), await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        return await AnswerAsync(id, refusal, db, words, cancellationToken);
    }

    private static async Task<IResult> DiscardAsync(
        Guid id, HttpRequest request, PanelDb db, IHoldingPen pen, CurrentActor current, Words words, CancellationToken cancellationToken)
    {
        var (body, refused) = await PlainBody.ReadAsync<DiscardHeldMail>(request, cancellationToken);
        if (body is null) return refused ?? ApiAnswers.NotFound;
        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > LongestNote)
            return ApiAnswers.Slip(nameof(body.Reason), $"请说明不计入的理由（最长 {LongestNote} 字）。", $"Say why it does not count, in {LongestNote} characters.");
        var refusal = await pen.DiscardAsync(db.TenantId, id, body.Reason, await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        return await AnswerAsync(id, refusal, db, words, cancellationToken);
    }

    /// <summary>A mail that never was and one that somebody decided meanwhile are told apart only to who could see it.</summary>
    internal static async Task<IResult> AnswerAsync(Guid id, Refusal? refusal, PanelDb db, Words words, CancellationToken cancellationToken) => refusal switch
    {
        null => Results.NoContent(),
        { Code: "mail.not-held" } when !await db.InboundMails.AnyAsync(m => m.Id == id, cancellationToken) => ApiAnswers.NotFound,
        _ => ApiAnswers.No(refusal, words),
    };
}
