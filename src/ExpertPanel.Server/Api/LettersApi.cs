using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

public sealed record LetterSummary(
    Guid Id, string MatterNumber, string Kind, string ToName, string ToAddress, string? Subject, string MessageId, DateTimeOffset CreatedAt, DateTimeOffset? SentAt,
    DateTimeOffset? FailedAt, DateTimeOffset NextAttemptAt, int Attempts, string? LastError);

/// <summary>函件: what left, what waits, what failed.</summary>
internal static class LettersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var letters = api.MapGroup("/letters").WithTags("letters").RequireAuthorization(Policies.Secretariat);
        letters.MapGet("", ListAsync).WithName("listLetters").WithSummary("函件 / letters; state is failed, waiting or sent").Produces<ApiPage<LetterSummary>>();
        letters.MapPost("/{id:guid}/resend", ResendAsync).WithName("resendLetter").WithSummary("重发 / send a failed letter again").Produces(204).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> ListAsync(PanelDb db, CancellationToken cancellationToken, string? state = null, string? matter = null, int page = 1, int size = 50)
    {
        var letters = state switch
        {
            null or "" => db.Letters,
            "failed" => db.Letters.Where(l => l.FailedAt != null),
            "waiting" => db.Letters.Where(l => l.FailedAt == null && l.SentAt == null),
            "sent" => db.Letters.Where(l => l.FailedAt == null && l.SentAt != null),
            _ => null,
        };
        if (letters is null) return ApiAnswers.Slip(nameof(state), "状态应为 failed、waiting 或 sent。", "The state is failed, waiting or sent.");
        if (!string.IsNullOrEmpty(matter)) letters = letters.Where(l => db.Matters.Any(m => m.Id == l.MatterId && m.Number == matter));
        (page, size) = (Math.Clamp(page, 1, 1_000_000), Math.Clamp(size, 1, ApiAnswers.LargestPage));
        var lines = await letters.AsNoTracking().OrderByDescending(l => l.CreatedAt).ThenBy(l => l.Id).Skip((page - 1) * size).Take(size)
            .Select(l => new LetterSummary(
                l.Id, db.Matters.Where(m => m.Id == l.MatterId).Select(m => m.Number).FirstOrDefault() ?? "", l.Kind, l.ToName, l.ToAddress, l.Subject, l.MessageId, l.CreatedAt,
                l.SentAt, l.FailedAt, l.NextAttemptAt, l.Attempts, l.LastError)).ToListAsync(cancellationToken);
        return Results.Ok(new ApiPage<LetterSummary>(await letters.CountAsync(cancellationToken), page, size, lines));
    }

    private static async Task<IResult> ResendAsync(Guid id, ILetterDesk desk, PanelDb db, CurrentActor current, Words words, CancellationToken cancellationToken)
    {
        if (!await db.Letters.AnyAsync(l => l.Id == id, cancellationToken)) return ApiAnswers.NotFound;
        return await desk.ResendAsync(db.TenantId, id, await current.ActingAsAsync([Role.Secretariat]), cancellationToken) is { } refusal
            ? ApiAnswers.No(refusal, words)
            : Results.NoContent();
    }
}
