using System.Collections.Concurrent;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>
/// The bank as a draw sees it, in the order of bank numbers. Every change of an expert leaves a row in the committee's history, so the cards
/// are read anew only when that history has grown; open and recent reviews are counted at each asking.
/// </summary>
public sealed class ExpertPool
{
    private static readonly string[] Open = [nameof(InvitationState.Invited), nameof(InvitationState.Accepted)];
    private static readonly string[] Worked = [nameof(InvitationState.Submitted), nameof(InvitationState.Accepted), nameof(InvitationState.Invited)];
    private readonly ConcurrentDictionary<Guid, Cards> read = new();

    public async Task<IReadOnlyList<PoolMember>> LoadAsync(PanelDb db, DateTimeOffset now, int loadWindowDays, CancellationToken ct)
    {
        var since = now.AddDays(-loadWindowDays);
        var loads = await db.Invitations.Where(i => i.InvitedAt >= since || Open.Contains(i.State))
            .GroupBy(i => i.ExpertId)
            .Select(g => new { g.Key, Open = g.Count(i => Open.Contains(i.State)), Recent = g.Count(i => Worked.Contains(i.State) && i.InvitedAt >= since) })
            .ToDictionaryAsync(g => g.Key, ct);
        return
        [
            .. (await LoadCardsAsync(db, now, ct)).Select(member => loads.TryGetValue(member.ExpertId, out var load)
                ? member with { Candidate = member.Candidate with { OpenReviews = load.Open, RecentReviews = load.Recent } }
                : member),
        ];
    }

    /// <summary>The cards alone, for who asks about conflicts and not about work.</summary>
    public async Task<IReadOnlyList<PoolMember>> LoadCardsAsync(PanelDb db, DateTimeOffset now, CancellationToken ct)
    {
        var today = Workflows.Deadlines.ChinaTime.LocalDate(now);
        return
        [
            .. (await CardsAsync(db, ct)).Select(card => new PoolMember(
                card.Id,
                card.Candidate with { OnLeave = card.LeaveFrom is { } from && from <= today && (card.LeaveTo is null || today <= card.LeaveTo) },
                card.CivilServant)),
        ];
    }

    private async Task<IReadOnlyList<Card>> CardsAsync(PanelDb db, CancellationToken ct)
    {
        // The count stands for what a first import adds without history.
        var state = (await db.Committees.Where(c => c.Id == db.TenantId).Select(c => c.Version).SingleAsync(ct), await db.Experts.CountAsync(ct));
        if (read.TryGetValue(db.TenantId, out var known) && known.State == state) return known.All;
        var experts = await db.Experts.AsNoTracking().OrderBy(e => e.BankNumber).ToListAsync(ct);
        List<Card> cards =
        [
            .. experts.Select(e => new Card(e.Id, e.LeaveFrom, e.LeaveTo, e.CivilServant, new Candidate(
                e.BankNumber, e.Name, e.Employer, e.FormerEmployers, e.Specialties, e.CommitteeMember, e.TermFrom, e.TermTo,
                OnLeave: false, OpenReviews: 0, RecentReviews: 0, e.Conflicts, e.Relatives))),
        ];
        read[db.TenantId] = new(state, cards);
        return cards;
    }

    private sealed record Cards((int Version, int Count) State, IReadOnlyList<Card> All);

    private sealed record Card(Guid Id, DateOnly? LeaveFrom, DateOnly? LeaveTo, bool CivilServant, Candidate Candidate);
}
