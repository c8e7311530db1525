using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Lending;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <param name="Borrowing">This committee borrows; else it lends.</param>
/// <param name="Guest">The guest's bank number here, once the card has arrived; null for who lends.</param>
public sealed record LoanLine(
    Guid Id, bool Borrowing, string Lender, string Borrower, string BankNumber, string ExpertName, LoanState State, string Reason, DateOnly Until, DateTimeOffset AskedAt, DateTimeOffset? DecidedAt,
    DateOnly? ExpertConsentedOn, string? Answer, string? Fault, string? Guest);

public sealed record LoanEnd(string? Reason);

/// <summary>专家借用 between a committee and those below it.</summary>
internal static class LoansApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var loans = api.MapGroup("/loans").WithTags("experts").RequireAuthorization(Policies.Secretariat);
        loans.MapGet("", ListAsync).WithName("listLoans").WithSummary("借入与借出 / loans").Produces<IReadOnlyList<LoanLine>>();
        loans.MapPost("", AskAsync).WithName("askLoan").WithSummary("申请借用 / ask for experts").Produces<IReadOnlyList<LoanLine>>().ProducesValidationProblem();
        loans.MapPost("/{id:guid}/answer", AnswerAsync).WithName("answerLoan").WithSummary("答复申请 / lend or refuse").Produces<LoanLine>().ProducesProblem(404).ProducesValidationProblem();
        loans.MapPost("/{id:guid}/end", EndAsync).WithName("endLoan").WithSummary("结束借用 / end").Produces<LoanLine>().ProducesProblem(404).ProducesValidationProblem();
    }

    private static async Task<IResult> ListAsync(PanelDb db, CancellationToken cancellationToken) => Results.Ok(await LinesAsync(db, null, cancellationToken));

    private static async Task<IResult> AskAsync(LoanAsked asked, PanelDb db, ExpertLending lending, CurrentActor current, CancellationToken cancellationToken)
    {
        var problems = await lending.AskAsync(asked with { BankNumbers = asked.BankNumbers ?? [] }, await ActorAsync(current), cancellationToken);
        return problems.Count > 0 ? ApiAnswers.Slips(problems) : Results.Ok(await LinesAsync(db, null, cancellationToken));
    }

    private static async Task<IResult> AnswerAsync(Guid id, LoanAnswer answer, PanelDb db, ExpertLending lending, CurrentActor current, CancellationToken cancellationToken) =>
        await DoneAsync(await lending.AnswerAsync(id, answer, await ActorAsync(current), cancellationToken), id, db, cancellationToken);

    private static async Task<IResult> EndAsync(Guid id, LoanEnd end, PanelDb db, ExpertLending lending, CurrentActor current, CancellationToken cancellationToken) =>
        await DoneAsync(await lending.EndAsync(id, end.Reason, await ActorAsync(current), cancellationToken), id, db, cancellationToken);

    private static async Task<IResult> DoneAsync(IReadOnlyList<FieldProblem>? problems, Guid id, PanelDb db, CancellationToken ct) =>
        problems is null ? ApiAnswers.NotFound : problems.Count > 0 ? ApiAnswers.Slips(problems) : Results.Ok((await LinesAsync(db, id, ct)).Single());

    private static async ValueTask<Actor> ActorAsync(CurrentActor current) => (await current.GetAsync()).ActingAs([Role.Secretariat]);

    private static async Task<IReadOnlyList<LoanLine>> LinesAsync(PanelDb db, Guid? only, CancellationToken ct)
    {
        var loans = await db.Loans.AsNoTracking().Where(l => only == null || l.Id == only).OrderByDescending(l => l.AskedAt).ThenBy(l => l.BankNumber).ToListAsync(ct);
        var guests = await db.Experts.Where(e => e.LoanId != null).Select(e => new { e.LoanId, e.BankNumber }).ToDictionaryAsync(e => e.LoanId!.Value, e => e.BankNumber, ct);
        return
        [
            .. loans.Select(l => new LoanLine(
                l.Id, l.BorrowerId == db.TenantId, l.LenderName, l.BorrowerName, l.BankNumber, l.ExpertName, l.State, l.Reason, l.Until, l.AskedAt, l.DecidedAt, l.ExpertConsentedOn, l.Answer, l.Fault,
                guests.GetValueOrDefault(l.Id))),
        ];
    }
}
