using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Lending;

/// <summary>借用申请：to whom, how long and what for.</summary>
public sealed record LoanAsked(string LenderCode, IReadOnlyList<string> BankNumbers, DateOnly? Until, string? Reason);

/// <summary>The lender's answer.</summary>
/// <param name="ConsentedOn">When the expert agreed; needed to lend.</param>
public sealed record LoanAnswer(bool Lend, DateOnly? Until, DateOnly? ConsentedOn, string? Reason);

/// <summary>
/// Borrowing experts of an upper bank: the lower secretariat asks, the upper one answers for the bank and for the expert, either ends it.
/// Each act stands in the history of the committee that acted.
/// </summary>
public sealed class ExpertLending(PanelDb db, UpperBank upper, RecordedChange changes, GuestCards guests, TimeProvider clock)
{
    private const int LongestReason = 500;
    private const int MostAtOnce = 50;

    private DateOnly Today => ChinaTime.LocalDate(clock.GetUtcNow());

    /// <returns>What is wrong, at its field; empty when all are asked for.</returns>
    public async Task<IReadOnlyList<FieldProblem>> AskAsync(LoanAsked asked, Actor actor, CancellationToken ct)
    {
        var problems = new List<FieldProblem>();
        if (asked.Until is not { } until || until < Today) problems.Add(new(nameof(asked.Until), "请填写今天或以后的借用截止日。", "Give a last day that is not past."));
        Reason(problems, nameof(asked.Reason), asked.Reason);
        var numbers = asked.BankNumbers.Distinct(StringComparer.Ordinal).ToList();
        if (numbers.Count is 0 or > MostAtOnce) problems.Add(new(nameof(asked.BankNumbers), $"请选择 1 至 {MostAtOnce} 位专家。", $"Choose 1 to {MostAtOnce} experts."));
        var lender = (await UpperBank.AboveAsync(db, ct)).FirstOrDefault(c => c.Code == asked.LenderCode);
        if (lender is null) problems.Add(new(nameof(asked.LenderCode), "只能向已启用人才库的上级机关借用。", "Only a committee above, in service, lends."));
        if (problems.Count > 0 || lender is null) return problems;

        var cards = (await upper.FindAsync(lender, null, null, ct)).Where(card => numbers.Contains(card.BankNumber, StringComparer.Ordinal)).ToList();
        foreach (var missing in numbers.Except(cards.Select(c => c.BankNumber), StringComparer.Ordinal))
            problems.Add(new(nameof(asked.BankNumbers), $"{missing} 不在该人才库，或者聘期已满。", $"{missing} is not in that bank, or no longer appointed."));
        var ids = cards.Select(c => c.Id).ToList();
        var open = await db.Loans.Where(l => l.BorrowerId == db.TenantId && ids.Contains(l.ExpertId) && (l.State == LoanState.Asked || l.State == LoanState.Lent)).Select(l => l.ExpertName).ToListAsync(ct);
        problems.AddRange(open.Select(name => new FieldProblem(nameof(asked.BankNumbers), $"{name}已经借用或正在申请。", $"{name} is lent or asked for already.")));
        if (problems.Count > 0) return problems;

        var borrower = await db.Committees.Where(c => c.Id == db.TenantId).Select(c => c.OfficeName).SingleAsync(ct);
        var result = await changes.RunAsync(actor, "askLoan", asked, context => context.Loans.AddRange(cards.Select(card => new LoanRow
        {
            Id = Guid.CreateVersion7(),
            BorrowerId = context.TenantId,
            LenderId = lender.Id,
            BorrowerName = borrower,
            LenderCode = lender.Code,
            LenderName = lender.OfficeName,
            ExpertId = card.Id,
            BankNumber = card.BankNumber,
            ExpertName = card.Name,
            Reason = asked.Reason!.Trim(),
            Until = asked.Until!.Value,
            AskedBy = actor.Name,
            AskedAt = clock.GetUtcNow(),
        })), ct);
        return result.Succeeded ? [] : [Outdated];
    }

    /// <returns>What is wrong; null when there is no such request to this committee.</returns>
    public async Task<IReadOnlyList<FieldProblem>?> AnswerAsync(Guid id, LoanAnswer answer, Actor actor, CancellationToken ct)
    {
        if (await db.Loans.SingleOrDefaultAsync(l => l.Id == id && l.LenderId == db.TenantId, ct) is not { } loan) return null;
        var problems = new List<FieldProblem>();
        if (loan.State != LoanState.Asked) return loan.State == (answer.Lend ? LoanState.Lent : LoanState.Refused) ? [] : [Decided];
        var expert = await db.Experts.Include(e => e.Addresses).SingleOrDefaultAsync(e => e.Id == loan.ExpertId, ct);
        if (!answer.Lend) Reason(problems, nameof(answer.Reason), answer.Reason);
        else
        {
            if (answer.ConsentedOn is not { } day || day > Today) problems.Add(new(nameof(answer.ConsentedOn), "请填写专家本人同意的日期，不能晚于今天。", "Say when the expert agreed; not in the future."));
            if (answer.Until is not { } until || until < Today) problems.Add(new(nameof(answer.Until), "请填写今天或以后的借用截止日。", "Give a last day that is not past."));
            if (expert is null || expert.TermTo < Today) problems.Add(new("", "该专家聘期已满，不能出借。", "The expert is no longer appointed."));
        }

        if (problems.Count > 0) return problems;
        var result = await changes.RunAsync(actor, answer.Lend ? "lendExpert" : "refuseLoan", new { loan.Id, loan.BankNumber, loan.BorrowerName, answer }, _ =>
        {
            (loan.DecidedBy, loan.DecidedAt, loan.Answer) = (actor.Name, clock.GetUtcNow(), answer.Reason?.Trim());
            loan.Version++;
            if (!answer.Lend)
            {
                loan.State = LoanState.Refused;
                return;
            }

            (loan.State, loan.Until, loan.ExpertConsentedOn) = (LoanState.Lent, answer.Until!.Value, answer.ConsentedOn);
            loan.CardJson = LentCard.Of(expert!).Write();
            loan.CardVersion++;
        }, ct);
        if (!result.Succeeded) return [Outdated];
        await guests.CarryAsync(loan.BorrowerId, loan.Id, ct);
        return [];
    }

    /// <summary>By either side. Reviews that were accepted go on; nobody is drawn anew.</summary>
    /// <returns>What is wrong; null when this committee has no such loan.</returns>
    public async Task<IReadOnlyList<FieldProblem>?> EndAsync(Guid id, string? reason, Actor actor, CancellationToken ct)
    {
        if (await db.Loans.SingleOrDefaultAsync(l => l.Id == id, ct) is not { } loan) return null;
        if (loan.State == LoanState.Ended) return [];
        if (loan.State == LoanState.Refused) return [Decided];
        var problems = new List<FieldProblem>();
        Reason(problems, "Reason", reason);
        if (problems.Count > 0) return problems;
        var result = await changes.RunAsync(actor, "endLoan", new { loan.Id, loan.BankNumber, loan.BorrowerName, loan.LenderName, reason }, _ =>
        {
            (loan.State, loan.Answer, loan.Until) = (LoanState.Ended, reason!.Trim(), loan.Until < Today ? loan.Until : Today.AddDays(-1));
            if (loan.CardJson.Length > 0) loan.CardVersion++;
            loan.Version++;
        }, ct);
        if (!result.Succeeded) return [Outdated];
        await guests.CarryAsync(loan.BorrowerId, loan.Id, ct);
        return [];
    }

    private static FieldProblem Outdated { get; } = new("", "刚刚有人处理过，请刷新后核对。", "Somebody has just acted on this; reload and look.");

    private static FieldProblem Decided { get; } = new("", "这项申请已经处理。", "This request has been decided.");

    private static void Reason(List<FieldProblem> problems, string field, string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) problems.Add(new(field, "请填写事由。", "Say why."));
        else if (reason.Length > LongestReason) problems.Add(new(field, $"最多 {LongestReason} 字。", $"At most {LongestReason} characters."));
    }
}
