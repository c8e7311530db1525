using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Lending;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Experts;

/// <summary>Changes an expert's card: the change and its row in the committee's history, both or neither.</summary>
public sealed class ExpertEditor(PanelDb db, RecordedChange changes, TimeProvider clock)
{
    public const string Command = CommitteeHistory.ExpertChanged;

    /// <param name="version">The card the person had before their eyes; an older one is not overwritten.</param>
    /// <returns>What is wrong; empty when done.</returns>
    public async Task<IReadOnlyList<FieldProblem>> ChangeAsync(string bankNumber, int version, ExpertChange change, Actor actor, CancellationToken cancellationToken)
    {
        if (await db.Experts.Include(e => e.Addresses).SingleOrDefaultAsync(e => e.BankNumber == bankNumber, cancellationToken) is not { } expert)
            return [new("", "没有这位专家。", "There is no such expert.")];
        if (expert.LentFrom is { } lender) return [new("", $"这位专家由{lender}出借，信息由其维护，会自动更新到本级。", "This expert is lent by another committee, which keeps the card; its changes arrive here by themselves.")];
        if (expert.Version != version) return [Outdated];
        var mails = change.Addresses.Select(a => a with { Address = Normal(a.Address) }).ToList();
        var problems = await ProblemsAsync(expert.Id, change, mails, cancellationToken);
        if (problems.Count > 0) return problems;

        var facts = new { expert = bankNumber, change.Reason, before = Card(expert), after = Card(change, mails) };
        var result = await changes.RunAsync(actor, Command, facts, async () =>
        {
            Apply(expert, change, mails);
            await GuestCards.ShowAsync(db, expert, cancellationToken);
            return IdentityResult.Success;
        }, cancellationToken);
        return result.Succeeded ? [] : [Outdated];
    }

    private static FieldProblem Outdated { get; } =
        new("", "您打开后已有人修改了这位专家的信息，请重新打开核对后再改。", "Somebody changed this expert after you opened the page; open it again.");

    private static string Normal(string address) => address.Trim().ToLowerInvariant();

    private async Task<IReadOnlyList<FieldProblem>> ProblemsAsync(Guid expertId, ExpertChange change, List<ExpertMail> mails, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        if (change is { LeaveFrom: null, LeaveTo: not null } || change.LeaveTo < change.LeaveFrom)
            problems.Add(new(nameof(change.LeaveTo), "请假截止日不能早于起始日。", "The leave can't end before it begins."));
        if (mails.Count(m => m.Primary) != 1)
            problems.Add(new(nameof(change.Addresses), "请指定一个、且只能一个首选邮箱。", "Mark exactly one address as preferred."));
        if (mails.DistinctBy(m => m.Address).Count() != mails.Count)
            problems.Add(new(nameof(change.Addresses), "邮箱地址有重复。", "An address stands twice."));
        var addresses = mails.Select(m => m.Address).ToList();
        var taken = await db.ExpertAddresses.Where(a => a.ExpertId != expertId && addresses.Contains(a.Address)).Select(a => a.Address).ToListAsync(cancellationToken);
        for (var index = 0; index < mails.Count; index++)
            if (taken.Contains(mails[index].Address))
                problems.Add(new(FormattableString.Invariant($"{nameof(change.Addresses)}[{index}].{nameof(ExpertMail.Address)}"), "这个邮箱已登记给另一位专家：来信须能分清是谁的意见。", "The address is registered for another expert."));
        return problems;
    }

    private void Apply(ExpertRow expert, ExpertChange change, List<ExpertMail> mails)
    {
        (expert.Employer, expert.Title, expert.LeaveFrom, expert.LeaveTo) = (change.Employer, change.Title ?? "", change.LeaveFrom, change.LeaveTo);
        (expert.Specialties, expert.FormerEmployers) = ([.. change.Specialties], [.. change.FormerEmployers ?? []]);
        (expert.Conflicts, expert.Relatives) = ([.. change.Conflicts ?? []], [.. change.Relatives ?? []]);
        expert.Version++;
        db.ExpertAddresses.RemoveRange(expert.Addresses.Where(a => mails.TrueForAll(m => m.Address != a.Address)));
        foreach (var mail in mails)
        {
            var row = expert.Addresses.Find(a => a.Address == mail.Address);
            if (row is null)
            {
                row = new() { Id = Guid.CreateVersion7(), ExpertId = expert.Id, Address = mail.Address };
                db.ExpertAddresses.Add(row);
            }

            row.Primary = mail.Primary;
            row.VerifiedAt = mail.Verified ? row.VerifiedAt ?? clock.GetUtcNow() : null;
            // Verified anew: whatever a mail server once said about it is settled.
            if (mail.Verified) row.BouncedAt = null;
        }
    }

    private static object Card(ExpertRow e) => new
    {
        e.Employer, e.Title, e.Specialties, e.LeaveFrom, e.LeaveTo, e.FormerEmployers, e.Conflicts, e.Relatives,
        addresses = e.Addresses.OrderBy(a => a.Address, StringComparer.Ordinal).Select(a => new ExpertMail(a.Address, a.Primary, a.VerifiedAt is not null)).ToList(),
    };

    private static object Card(ExpertChange c, List<ExpertMail> mails) => new
    {
        c.Employer, Title = c.Title ?? "", c.Specialties, c.LeaveFrom, c.LeaveTo, FormerEmployers = c.FormerEmployers ?? [], Conflicts = c.Conflicts ?? [], Relatives = c.Relatives ?? [],
        addresses = mails.OrderBy(m => m.Address, StringComparer.Ordinal).ToList(),
    };
}
