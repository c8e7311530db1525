using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Lending;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Experts;

/// <summary>
/// Who is in the bank, who sits on the committee, and until when. Each act and its row in the committee's history, both or neither; two at
/// once are told apart by that history, so that a limit holds.
/// </summary>
public sealed class ExpertAppointments(PanelDb db, RecordedChange changes, CommitteeSettings settings, TimeProvider clock)
{
    private const int Tries = 8;
    private const int LongestReason = 500;

    private DateOnly Today => ChinaTime.LocalDate(clock.GetUtcNow());

    /// <returns>The bank number, or what is wrong.</returns>
    public async Task<(string? BankNumber, IReadOnlyList<FieldProblem> Problems)> AppointAsync(NewExpert expert, Actor actor, CancellationToken ct)
    {
        var (number, problems) = ((string?)null, new List<FieldProblem>());
        await AgainAsync("appointExpert", () => new { number, expert.Name, expert.Employer, expert.Specialties, expert.TermFrom, expert.TermTo, expert.Approval }, actor, problems, async () =>
        {
            var address = expert.Address.Trim().ToLowerInvariant();
            if (expert.TermTo < expert.TermFrom) problems.Add(new(nameof(expert.TermTo), "聘期止不能早于聘期起。", "The term can't end before it begins."));
            if (await db.ExpertAddresses.AnyAsync(a => a.Address == address, ct))
                problems.Add(new(nameof(expert.Address), "这个邮箱已登记给另一位专家：来信须能分清是谁的意见。", "The address is registered for another expert."));
            if (await db.Experts.Where(e => e.Name == expert.Name.Trim() && e.Employer == expert.Employer.Trim()).Select(e => e.BankNumber).FirstOrDefaultAsync(ct) is { } same)
                problems.Add(new(nameof(expert.Name), $"人才库已有同名同单位的专家（{same}）。", $"An expert of this name and employer is in the bank ({same})."));
            if (problems.Count > 0) return;
            number = new BankNumbers(await db.Experts.Select(e => e.BankNumber).ToListAsync(ct)).Next();
            var row = ExpertCards.Of(expert, number);
            db.Experts.Add(row);
            db.ExpertAddresses.Add(new() { Id = Guid.CreateVersion7(), ExpertId = row.Id, Address = address, Primary = true });
        }, ct);
        return (problems.Count == 0 ? number : null, problems);
    }

    /// <summary>任命为委员. A seat needs an appointment that holds today; the committee's rules say how many seats there are.</summary>
    public Task<IReadOnlyList<FieldProblem>?> SeatAsync(string bankNumber, string? reason, Actor actor, CancellationToken ct) => ChangeAsync(bankNumber, "seatMember", reason, actor, async (expert, problems) =>
    {
        if (expert.CommitteeMember) return;
        if (expert.LoanId is not null) problems.Add(new("", "借用的专家不能任本级委员。", "A guest can't be seated here."));
        if (Today < expert.TermFrom || expert.TermTo < Today) problems.Add(new("", "委员须在人才库聘期之内。", "A member needs an appointment that holds today."));
        var (seats, seated) = ((await settings.RulesAsync(db, (await settings.NewestAsync(db, ct)).RulesVersion, ct)).CommitteeSeats, await db.Experts.CountAsync(e => e.CommitteeMember && e.LoanId == null && e.TermTo >= Today, ct));
        if (seated >= seats) problems.Add(new("", $"委员席位共 {seats} 个，已满。请先免去一位委员，或者修改规则“委员席位数”。", $"All {seats} seats are taken. Unseat a member first, or change the rule."));
        expert.CommitteeMember = true;
    }, ct);

    /// <summary>免去委员.</summary>
    public Task<IReadOnlyList<FieldProblem>?> UnseatAsync(string bankNumber, string? reason, Actor actor, CancellationToken ct) => ChangeAsync(bankNumber, "unseatMember", reason, actor, (expert, _) =>
    {
        expert.CommitteeMember = false;
        return Task.CompletedTask;
    }, ct);

    /// <summary>Ends the appointment with yesterday. A review that was accepted goes on; nobody is drawn anew.</summary>
    public Task<IReadOnlyList<FieldProblem>?> EndAsync(string bankNumber, AppointmentEnd end, Actor actor, CancellationToken ct) => ChangeAsync(bankNumber, "endAppointment", string.IsNullOrWhiteSpace(end.Reason) ? null : $"{end.Ground}: {end.Reason}", actor, (expert, problems) =>
    {
        if (expert.LoanId is not null) problems.Add(new("", "借用的专家由出借机关解聘；本级可以结束借用。", "The lender ends a guest's appointment; end the loan instead."));
        if (expert.TermTo >= Today) expert.TermTo = Today.AddDays(-1);
        expert.CommitteeMember = false;
        return Task.CompletedTask;
    }, ct);

    /// <summary>续聘: from two months before the end of the term, or after it.</summary>
    public Task<IReadOnlyList<FieldProblem>?> ReappointAsync(string bankNumber, DateOnly? until, string? reason, Actor actor, CancellationToken ct) => ChangeAsync(bankNumber, "reappointExpert", reason, actor, (expert, problems) =>
    {
        if (expert.LoanId is not null) problems.Add(new("", "借用的专家由出借机关续聘。", "The lender reappoints a guest."));
        if (until is not { } day || day <= expert.TermTo || day <= Today) problems.Add(new("Until", "新的聘期止须晚于今天和原聘期止。", "The new end must be after today and the old end."));
        else if (Today < expert.TermTo.AddMonths(-2)) problems.Add(new("", $"聘期届满前两个月（{expert.TermTo.AddMonths(-2).Iso()}）起可以续聘。", $"Reappointment begins two months before the end ({expert.TermTo.AddMonths(-2).Iso()})."));
        else expert.TermTo = day;
        return Task.CompletedTask;
    }, ct);

    private async Task<IReadOnlyList<FieldProblem>?> ChangeAsync(string bankNumber, string command, string? reason, Actor actor, Func<ExpertRow, List<FieldProblem>, Task> change, CancellationToken ct)
    {
        var problems = new List<FieldProblem>();
        if (string.IsNullOrWhiteSpace(reason)) return [new("Reason", "请填写事由及依据。", "Say why, and on what decision.")];
        if (reason.Length > LongestReason) return [new("Reason", $"最多 {LongestReason} 字。", $"At most {LongestReason} characters.")];
        object? facts = null;
        var found = true;
        await AgainAsync(command, () => facts!, actor, problems, async () =>
        {
            if (await db.Experts.Include(e => e.Addresses).SingleOrDefaultAsync(e => e.BankNumber == bankNumber, ct) is not { } expert)
            {
                found = false;
                problems.Add(new("", "没有这位专家。", "There is no such expert."));
                return;
            }

            var before = new { expert.CommitteeMember, expert.TermTo };
            await change(expert, problems);
            expert.Version++;
            facts = new { expert = bankNumber, expert.Name, reason, before, after = new { expert.CommitteeMember, expert.TermTo } };
            if (problems.Count == 0) await GuestCards.ShowAsync(db, expert, ct);
        }, ct);
        return found ? problems : null;
    }

    /// <summary>Reads, judges and writes in one transaction; whoever lost the race for the committee's history judges again by what holds then.</summary>
    private async Task AgainAsync(string command, Func<object> facts, Actor actor, List<FieldProblem> problems, Func<Task> change, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            problems.Clear();
            var result = await changes.RunAsync(actor, command, facts, async () =>
            {
                await change();
                return problems.Count == 0 ? IdentityResult.Success : IdentityResult.Failed();
            }, ct);
            if (result.Succeeded || problems.Count > 0) return;
            if (attempt < Tries) continue;
            problems.Add(new("", "刚刚有人也在修改人才库，请再试一次。", "Somebody else was changing the bank; try again."));
            return;
        }
    }
}
