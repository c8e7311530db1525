using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>The bank as a draw sees it: each expert with open and recent reviews counted now, in the order of bank numbers.</summary>
internal static class ExpertPool
{
    private static readonly string[] Open = [nameof(InvitationState.Invited), nameof(InvitationState.Accepted)];
    private static readonly string[] Worked = [nameof(InvitationState.Submitted), nameof(InvitationState.Accepted), nameof(InvitationState.Invited)];

    public static async Task<IReadOnlyList<PoolMember>> LoadAsync(PanelDb db, DateTimeOffset now, int loadWindowDays, CancellationToken ct)
    {
        var since = now.AddDays(-loadWindowDays);
        var loads = await db.Invitations.Where(i => i.InvitedAt >= since || Open.Contains(i.State))
            .GroupBy(i => i.ExpertId)
            .Select(g => new { g.Key, Open = g.Count(i => Open.Contains(i.State)), Recent = g.Count(i => Worked.Contains(i.State) && i.InvitedAt >= since) })
            .ToDictionaryAsync(g => g.Key, ct);
        var today = Workflows.Deadlines.ChinaTime.LocalDate(now);
        var experts = await db.Experts.AsNoTracking().OrderBy(e => e.BankNumber).ToListAsync(ct);
        return
        [
            .. experts.Select(e => new PoolMember(e.Id, new Candidate(
                e.BankNumber, e.Name, e.Employer, e.FormerEmployers, e.Specialties, e.CommitteeMember, e.TermFrom, e.TermTo,
                e.LeaveFrom is { } from && from <= today && (e.LeaveTo is null || today <= e.LeaveTo),
                loads.TryGetValue(e.Id, out var load) ? load.Open : 0, load?.Recent ?? 0, e.Conflicts, e.Relatives))),
        ];
    }
}
