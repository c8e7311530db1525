using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Draw;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Reports;

/// <param name="Invitations">Sent in this time, substitutes among them, whatever became of them.</param>
/// <param name="Opinions">Work: opinions handed in in this time.</param>
/// <param name="Eligible">In how many of the draws held the expert could be drawn.</param>
/// <param name="Expected">How often on a drawn panel by the chances of those draws (<see cref="DrawChances"/>), beside <paramref name="Seated"/>: how often it was so.</param>
public sealed record ExpertShare(string BankNumber, string Name, IReadOnlyList<string> Specialties, int Invitations, int Opinions, int Eligible, double Expected, int Seated);

/// <summary>Null stands for the whole bank.</summary>
public sealed record SpecialtyShare(string? Specialty, Evenness Invitations, Evenness Opinions, double Expected, int Seated, int NeverEligible);

/// <summary>An expert who was eligible in a draw but could not have been seated by it, however it fell.</summary>
public sealed record ZeroChance(string Matter, string BankNumber);

/// <summary>公平情况: how invitations and work were shared out among the experts in term on the last day, from this day to that in Beijing, both included.</summary>
public sealed record FairnessReport(
    string Schema, string Committee, DateOnly From, DateOnly To, int Draws, IReadOnlyList<SpecialtyShare> Specialties, IReadOnlyList<ExpertShare> Experts, IReadOnlyList<ZeroChance> ZeroChances)
{
    public static async Task<FairnessReport> OfAsync(PanelDb db, HeldDraws held, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (since, until) = (ChinaTime.At(from, 0), ChinaTime.EndOfDay(to));
        var committee = await db.Committees.Where(c => c.Id == db.TenantId).Select(c => c.Code).SingleAsync(ct);
        var draws = await held.LoadAsync(db, since, until, ct);
        var invitations = await db.Invitations.Where(i => i.InvitedAt >= since && i.InvitedAt < until)
            .GroupBy(i => i.ExpertId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var opinions = await db.Invitations.Where(i => i.SubmittedAt >= since && i.SubmittedAt < until)
            .GroupBy(i => i.ExpertId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var seated = draws.SelectMany(d => d.Draw.Seated).CountBy(id => id).ToDictionary(StringComparer.Ordinal);
        var inTerm = await db.Experts.AsNoTracking().Where(e => e.TermFrom <= to && to <= e.TermTo).OrderBy(e => e.BankNumber).ToListAsync(ct);
        List<ExpertShare> experts =
        [
            .. inTerm.Select(e => new ExpertShare(
                e.BankNumber, e.Name, e.Specialties, invitations.GetValueOrDefault(e.Id), opinions.GetValueOrDefault(e.Id),
                draws.Count(d => d.Draw.Expected.ContainsKey(e.BankNumber)), Math.Round(draws.Sum(d => d.Draw.Expected.GetValueOrDefault(e.BankNumber)), 3),
                seated.GetValueOrDefault(e.BankNumber))),
        ];
        return new(
            "expertpanel.fairness/1", committee, from, to, draws.Count,
            [
                ShareOf(null, experts),
                .. experts.SelectMany(e => e.Specialties).Distinct().Order(StringComparer.Ordinal).Select(s => ShareOf(s, [.. experts.Where(e => e.Specialties.Contains(s))])),
            ],
            experts, await ZeroChancesAsync(db, draws, ct));
    }

    private static SpecialtyShare ShareOf(string? specialty, List<ExpertShare> experts) => new(
        specialty, Evenness.Of([.. experts.Select(e => e.Invitations)]), Evenness.Of([.. experts.Select(e => e.Opinions)]),
        Math.Round(experts.Sum(e => e.Expected), 3), experts.Sum(e => e.Seated), experts.Count(e => e.Eligible == 0));

    private static async Task<IReadOnlyList<ZeroChance>> ZeroChancesAsync(PanelDb db, IReadOnlyList<(Guid MatterId, HeldDraw Draw)> draws, CancellationToken ct)
    {
        var found = draws.Where(d => d.Draw.Unseatable.Count > 0).ToList();
        var matters = found.Select(d => d.MatterId).Distinct().ToList();
        var numbers = await db.Matters.Where(m => matters.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Number, ct);
        return [.. found.SelectMany(d => d.Draw.Unseatable.Select(id => new ZeroChance(numbers[d.MatterId], id)))];
    }
}
