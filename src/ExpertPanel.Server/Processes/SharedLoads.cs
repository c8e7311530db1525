using ExpertPanel.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>
/// One person's work is one person's work, whichever committee asked: what a lent expert was asked elsewhere counts in every draw. Only the
/// two numbers leave the other committee.
/// </summary>
public static class SharedLoads
{
    /// <summary>By the expert's id here: what other committees asked since then and have open. Empty where nobody is lent or borrowed.</summary>
    public static async Task<IReadOnlyDictionary<Guid, ExpertLoad>> ElsewhereAsync(PanelDbFactory databases, PanelDb db, DateTimeOffset since, CancellationToken ct)
    {
        var loans = await StepQueries.LoansAsync(db, ct);
        if (loans.Count == 0) return Empty;
        var loads = new Dictionary<Guid, ExpertLoad>();
        foreach (var loan in loans.Where(l => l.LenderId == db.TenantId)) await AddAsync(loan.ExpertId, loan.BorrowerId, loan.GuestId);
        foreach (var lender in loans.Where(l => l.BorrowerId == db.TenantId).GroupBy(l => l.LenderId))
        {
            // The lender alone knows to whom else it lends the same expert.
            await using var theirs = databases.Create(lender.Key);
            var siblings = (await StepQueries.LoansAsync(theirs, ct)).Where(l => l.LenderId == lender.Key && l.BorrowerId != db.TenantId).ToLookup(l => l.ExpertId);
            foreach (var loan in lender)
            {
                await AddAsync(loan.GuestId, lender.Key, loan.ExpertId);
                foreach (var sibling in siblings[loan.ExpertId]) await AddAsync(loan.GuestId, sibling.BorrowerId, sibling.GuestId);
            }
        }

        return loads;

        async Task AddAsync(Guid here, Guid committee, Guid there)
        {
            await using var other = databases.Create(committee);
            var asked = await other.Invitations.CountAsync(i => i.ExpertId == there && i.InvitedAt >= since, ct);
            var open = await other.Invitations.CountAsync(i => i.ExpertId == there && Open.Contains(i.State), ct);
            var known = loads.GetValueOrDefault(here, ExpertLoad.None);
            loads[here] = new(known.Open + open, known.Asked + asked);
        }
    }

    private static readonly string[] Open = [nameof(Workflows.Panels.InvitationState.Invited), nameof(Workflows.Panels.InvitationState.Accepted)];

    private static readonly Dictionary<Guid, ExpertLoad> Empty = [];
}
