using System.Net.Mime;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <param name="MatterNumber">Where it belongs.</param>
/// <param name="Note">Why.</param>
public sealed record FileHeldMail(string? MatterNumber, Guid? InvitationId, string? Note);

public sealed record RegisterHeldAddress(Guid? InvitationId);

/// <param name="Notice">A ready answer's id, such as <c>registeredAddress</c>.</param>
public sealed record AnswerHeldMail(string? Notice);

/// <summary>What a held mail waits for beside the decision: filed elsewhere, its address registered, its sender answered, judged again.</summary>
internal static class HeldMailActionsApi
{
    private const int LongestNote = 500;

    public static void Map(RouteGroupBuilder mails)
    {
        mails.MapGet("/summary", SummaryAsync).WithName("countHeldMails").WithSummary("待定来件数 / how many wait, why, and since when").Produces<HeldMailSummary>();
        mails.MapPost("/{id:guid}/file", FileAsync).WithName("fileHeldMail").WithSummary("归入事项 / keep with a matter, not counted").Accepts<FileHeldMail>(MediaTypeNames.Application.Json)
            .Produces(204).ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        mails.MapPost("/{id:guid}/register-address", RegisterAsync).WithName("registerHeldAddress").WithSummary("请专家确认地址 / ask the expert whether the address is theirs").Accepts<RegisterHeldAddress>(MediaTypeNames.Application.Json)
            .Produces(202).ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409);
        mails.MapPost("/{id:guid}/answer", NotifyAsync).WithName("answerHeldMail").WithSummary("按模板答复 / answer with a ready text").Accepts<AnswerHeldMail>(MediaTypeNames.Application.Json)
            .Produces(202).ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        mails.MapPost("/{id:guid}/rejudge", RejudgeOneAsync).WithName("rejudgeHeldMail").WithSummary("重新判定 / judge again").Produces<RejudgedMails>().ProducesProblem(404).ProducesProblem(409);
        mails.MapPost("/rejudge", RejudgeAllAsync).WithName("rejudgeHeldMails").WithSummary("全部重新判定 / judge all again").Produces<RejudgedMails>();
    }

    private static async Task<IResult> SummaryAsync(PanelDb db, IHoldingPen pen, CancellationToken cancellationToken)
    {
        var held = await pen.ListAsync(db.TenantId, 0, 0, cancellationToken);
        return Results.Ok(new HeldMailSummary(held.Total, held.Oldest, held.Reasons));
    }

    private static async Task<IResult> FileAsync(Guid id, HttpRequest request, PanelDb db, IHoldingPen pen, CurrentActor current, Words words, CancellationToken cancellationToken)
    {
        var (body, refused) = await PlainBody.ReadAsync<FileHeldMail>(request, cancellationToken);
        if (body is null) return refused ?? ApiAnswers.NotFound;
        var slips = new List<FieldProblem>();
        if (string.IsNullOrWhiteSpace(body.MatterNumber)) slips.Add(new(nameof(body.MatterNumber), "请填写收文编号。", "Give the matter's number."));
        if (string.IsNullOrWhiteSpace(body.Note) || body.Note.Length > LongestNote) slips.Add(new(nameof(body.Note), $"请说明归入的理由（最长 {LongestNote} 字）。", $"Say why it is filed there, in {LongestNote} characters."));
        if (slips.Count > 0 || body is not { MatterNumber: { } number, Note: { } note }) return ApiAnswers.Slips(slips);
        var refusal = await pen.FileAsync(db.TenantId, id, new(number, body.InvitationId, note), await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        return await MailsApi.AnswerAsync(id, refusal, db, words, cancellationToken);
    }

    private static async Task<IResult> RegisterAsync(Guid id, HttpRequest request, PanelDb db, IHoldingPen pen, CurrentActor current, Words words, CancellationToken cancellationToken)
    {
        var (body, refused) = await PlainBody.ReadAsync<RegisterHeldAddress>(request, cancellationToken);
        if (body is null) return refused ?? ApiAnswers.NotFound;
        if (body.InvitationId is not { } invitation) return ApiAnswers.Slip(nameof(body.InvitationId), "请选择哪位专家的邀请。", "Choose the expert's invitation.");
        var refusal = await pen.RegisterAsync(db.TenantId, id, invitation, await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        return refusal is null ? Results.Accepted() : await MailsApi.AnswerAsync(id, refusal, db, words, cancellationToken);
    }

    private static async Task<IResult> NotifyAsync(Guid id, HttpRequest request, PanelDb db, IHoldingPen pen, CurrentActor current, Words words, CancellationToken cancellationToken)
    {
        var (body, refused) = await PlainBody.ReadAsync<AnswerHeldMail>(request, cancellationToken);
        if (body is null) return refused ?? ApiAnswers.NotFound;
        if (string.IsNullOrWhiteSpace(body.Notice)) return ApiAnswers.Slip(nameof(body.Notice), "请选择答复模板。", "Choose the ready answer.");
        var refusal = await pen.NotifyAsync(db.TenantId, id, body.Notice, await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        return refusal is null ? Results.Accepted() : await MailsApi.AnswerAsync(id, refusal, db, words, cancellationToken);
    }

    private static async Task<IResult> RejudgeOneAsync(Guid id, PanelDb db, IHoldingPen pen, CurrentActor current, Words words, CancellationToken cancellationToken)
    {
        if (!await db.InboundMails.AnyAsync(m => m.Id == id, cancellationToken)) return ApiAnswers.NotFound;
        return Answer(await pen.RejudgeAsync(db.TenantId, id, await current.ActingAsAsync([Role.Secretariat]), cancellationToken), words);
    }

    private static async Task<IResult> RejudgeAllAsync(PanelDb db, IHoldingPen pen, CurrentActor current, Words words, CancellationToken cancellationToken) =>
        Answer(await pen.RejudgeAsync(db.TenantId, null, await current.ActingAsAsync([Role.Secretariat]), cancellationToken), words);

    private static IResult Answer(RejudgedMails result, Words words) => result.Refusal is { } refusal ? ApiAnswers.No(refusal, words) : Results.Ok(result);
}

/// <param name="Oldest">When the longest waiting came.</param>
public sealed record HeldMailSummary(int Total, DateTimeOffset? Oldest, IReadOnlyList<ReasonCount> Reasons);
