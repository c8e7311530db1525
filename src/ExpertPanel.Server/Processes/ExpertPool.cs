using System.Collections.Concurrent;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Draw;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>
/// The bank as a draw sees it, in the order of bank numbers. Every change of an expert leaves a row in the committee's history, so the cards
/// are read anew only when that history has grown; open reviews and invitations are counted at each asking.
/// </summary>
public sealed class ExpertPool(PanelDbFactory databases)
{
    private readonly ConcurrentDictionary<Guid, Cards> read = new();

    /// <param name="since">From when invitations count (<see cref="Workflows.Rules.CommitteeRules.LoadSince"/>).</param>
    public async Task<IReadOnlyList<PoolMember>> LoadAsync(PanelDb db, DateTimeOffset now, DateTimeOffset since, CancellationToken ct)
    {
        var cards = await CardsAsync(db, since, ct);
        var loads = await ExpertLoads.CountAsync(db, since, ct);
        var elsewhere = await SharedLoads.ElsewhereAsync(databases, db, since, ct);
        var counted = await LevelledAsync(db, cards.All, now, since, ct);
        return [.. cards.On(ChinaTime.LocalDate(now)).Select(Loaded)];

        PoolMember Loaded(PoolMember member)
        {
            var (load, other) = (loads.GetValueOrDefault(member.ExpertId, ExpertLoad.None), elsewhere.GetValueOrDefault(member.ExpertId, ExpertLoad.None));
            var (open, recent) = (load.Open + other.Open, (counted.TryGetValue(member.ExpertId, out var level) ? level : load.Asked) + other.Asked);
            return open + recent == 0 ? member : member with { Candidate = member.Candidate with { OpenReviews = open, RecentReviews = recent } };
        }
    }

    /// <summary>The cards alone, for who asks about conflicts and not about work.</summary>
    public async Task<IReadOnlyList<PoolMember>> LoadCardsAsync(PanelDb db, DateTimeOffset now, DateTimeOffset since, CancellationToken ct) =>
        (await CardsAsync(db, since, ct)).On(ChinaTime.LocalDate(now));

    /// <summary>The load of those who arrived within the time that is counted; only for them is more asked than how often they were invited.</summary>
    private static async Task<Dictionary<Guid, int>> LevelledAsync(PanelDb db, IReadOnlyList<Card> cards, DateTimeOffset now, DateTimeOffset since, CancellationToken ct)
    {
        var arrived = cards.Select(card => (card.Id, Arrivals: card.Arrivals.Where(one => since < one.At && one.At <= now).ToList())).Where(one => one.Arrivals.Count > 0).ToList();
        if (arrived.Count == 0) return [];
        var asked = (await db.Invitations.Where(i => i.InvitedAt >= since).Select(i => new { i.ExpertId, i.InvitedAt }).ToListAsync(ct)).ToLookup(i => i.ExpertId, i => i.InvitedAt);
        var levels = new ArrivalLevels([.. cards.Select(card => (card.Id, card.Candidate.Specialties))], asked);
        return arrived.ToDictionary(one => one.Id, one => InvitationLoad.Counted([.. asked[one.Id]], [.. one.Arrivals.Select(presence => levels.Of(one.Id, presence))]));
    }

    private async Task<Cards> CardsAsync(PanelDb db, DateTimeOffset since, CancellationToken ct)
    {
        // The count stands for what a first import adds without history. Changes are read by the year, so that a window that moves on does not ask anew.
        var years = ChinaTime.At(new(ChinaTime.LocalDate(since).Year, 1, 1), 0);
        var state = (await StepQueries.BankAsync(db), years);
        if (read.TryGetValue(db.TenantId, out var known) && known.State == state) return known;
        var changes = await ExpertArrivals.FromHistoryAsync(db, years, ct);
        var experts = await db.Experts.AsNoTracking().OrderBy(e => e.BankNumber).ToListAsync(ct);
        List<Card> cards =
        [
            .. experts.Select(e => new Card(
                e.Id, e.LeaveFrom, e.LeaveTo, e.CivilServant,
                new Candidate(
                    e.BankNumber, e.Name, e.Employer, e.FormerEmployers, e.Specialties, e.CommitteeMember, e.TermFrom, e.TermTo,
                    OnLeave: false, OpenReviews: 0, RecentReviews: 0, e.Conflicts, e.Relatives),
                [.. ExpertArrivals.FromCard(e), .. changes[e.BankNumber]])),
        ];
        return read[db.TenantId] = new(state, cards);
    }

    private sealed class Cards((BankState? Bank, DateTimeOffset Since) state, IReadOnlyList<Card> all)
    {
        private Day? last;

        public (BankState? Bank, DateTimeOffset Since) State => state;

        public IReadOnlyList<Card> All => all;

        /// <summary>Who is on leave changes by the day; all else on a card only with the card.</summary>
        public IReadOnlyList<PoolMember> On(DateOnly day)
        {
            if (last is { } known && known.On == day) return known.Members;
            PoolMember[] members =
            [
                .. all.Select(card => new PoolMember(
                    card.Id, card.Candidate with { OnLeave = card.LeaveFrom is { } from && from <= day && (card.LeaveTo is null || day <= card.LeaveTo) }, card.CivilServant)),
            ];
            last = new(day, members);
            return members;
        }

        private sealed record Day(DateOnly On, IReadOnlyList<PoolMember> Members);
    }

    private sealed record Card(Guid Id, DateOnly? LeaveFrom, DateOnly? LeaveTo, bool CivilServant, Candidate Candidate, IReadOnlyList<Presence> Arrivals);
}
