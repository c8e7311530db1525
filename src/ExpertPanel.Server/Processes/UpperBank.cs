using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Draw;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>A committee above this one that runs its own bank.</summary>
public sealed record UpperCommittee(Guid Id, string Code, string OfficeName);

/// <summary>As much of an upper bank's expert as lower committees may see before they borrow.</summary>
public sealed record SharedCard(Guid Id, string BankNumber, string Name, string Category, string Employer, string Title, IReadOnlyList<string> Specialties, bool CommitteeMember, DateOnly TermTo);

/// <summary>
/// The banks of the committees above: lower governments may use them (国务院令第713号第21条). Each bank is read within its own walls and only by
/// who stands below it.
/// </summary>
public sealed class UpperBank(PanelDbFactory databases, TimeProvider clock)
{
    private const int HighestLadder = 5;

    /// <summary>From the nearest upwards.</summary>
    public static async Task<IReadOnlyList<UpperCommittee>> AboveAsync(PanelDb db, CancellationToken ct)
    {
        var above = new List<UpperCommittee>();
        var parent = await db.Committees.Where(c => c.Id == db.TenantId).Select(c => c.ParentCode).SingleOrDefaultAsync(ct);
        for (var rung = 0; parent is { Length: > 0 } code && rung < HighestLadder; rung++)
        {
            if (await db.Committees.AsNoTracking().SingleOrDefaultAsync(c => c.Code == code, ct) is not { } committee) break;
            if (committee.Live) above.Add(new(committee.Id, committee.Code, committee.OfficeName));
            parent = committee.ParentCode;
        }

        return above;
    }

    /// <summary>The experts of a bank above who are appointed today, in the order of bank numbers; a guest there is not lent on.</summary>
    public async Task<IReadOnlyList<SharedCard>> FindAsync(UpperCommittee above, string? sought, string? specialty, CancellationToken ct)
    {
        var today = ChinaTime.LocalDate(clock.GetUtcNow());
        await using var bank = databases.Create(above.Id);
        var experts = bank.Experts.AsNoTracking().Where(e => e.LoanId == null && e.TermFrom <= today && today <= e.TermTo);
        if (sought?.Trim() is { Length: > 0 } words) experts = experts.Where(e => e.BankNumber.Contains(words) || e.Name.Contains(words) || e.Employer.Contains(words) || e.Title.Contains(words));
        var found = await experts.OrderBy(e => e.BankNumber)
            .Select(e => new SharedCard(e.Id, e.BankNumber, e.Name, e.Category, e.Employer, e.Title, e.Specialties, e.CommitteeMember, e.TermTo)).ToListAsync(ct);
        return string.IsNullOrEmpty(specialty) ? found : found.FindAll(card => card.Specialties.Contains(specialty));
    }

    /// <summary>Whom the banks above could lend for a draw; what they know of conflicts is told with the card, when it is lent.</summary>
    public async Task<IReadOnlyList<Candidate>> CandidatesAsync(PanelDb db, CancellationToken ct)
    {
        var candidates = new List<Candidate>();
        foreach (var above in await AboveAsync(db, ct))
            candidates.AddRange((await FindAsync(above, null, null, ct)).Select(card => new Candidate(
                $"{above.Code}-{card.BankNumber}", card.Name, card.Employer, [], card.Specialties, CommitteeMember: false, DateOnly.MinValue, card.TermTo, OnLeave: false, OpenReviews: 0, RecentReviews: 0, [], [])));
        return candidates;
    }
}
