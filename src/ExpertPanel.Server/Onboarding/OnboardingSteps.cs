using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Onboarding;

public enum OnboardingStep
{
    /// <summary>Place, office name, issuer code; rules and route given by the committee above.</summary>
    Founded,

    /// <summary>The three separated administrators have accounts.</summary>
    Administrators,

    /// <summary>Somebody here looked at each difference and approved the rules.</summary>
    Rules,

    /// <summary>Experts of its own, or an upper bank to borrow from.</summary>
    Experts,

    /// <summary>委员 seated from the bank; a committee without members is live but not covered.</summary>
    Members,

    /// <summary>A made-up matter went the whole way with these rules and this bank.</summary>
    Rehearsal,

    Live,
}

/// <param name="Detail">Figures for the page, in the order its text takes them.</param>
/// <param name="Needed">Without it the committee can't go live.</param>
public sealed record StepState(OnboardingStep Step, bool Done, bool Needed, IReadOnlyList<int> Detail);

/// <summary>How far a committee has come, told from its own data each time: there is no list of ticks that could be wrong.</summary>
public sealed record OnboardingProgress(string Code, string Place, string OfficeName, bool Live, IReadOnlyList<StepState> Steps)
{
    public IReadOnlyList<OnboardingStep> Missing => [.. Steps.Where(s => s is { Done: false, Needed: true, Step: not OnboardingStep.Live }).Select(s => s.Step)];

    public StepState? Next => Steps.FirstOrDefault(s => !s.Done);

    /// <param name="db">The committee's own.</param>
    public static async Task<OnboardingProgress> ReadAsync(PanelDb db, TimeProvider clock, CancellationToken ct)
    {
        var today = ChinaTime.LocalDate(clock.GetUtcNow());
        var committee = await db.Committees.AsNoTracking().SingleAsync(c => c.Id == db.TenantId, ct);
        var rules = await db.Rules.OrderByDescending(r => r.Version).Select(r => new { r.Version, r.ApprovedBy }).FirstOrDefaultAsync(ct);
        var accounts = await db.Users.AsNoTracking().Where(u => u.TenantId == db.TenantId && !u.Disabled).Select(u => new { u.Roles, Accepted = u.PasswordHash != null }).ToListAsync(ct);
        var three = FoundedCommittee.Three.Select(role => accounts.Where(a => a.Roles.Contains(role)).ToList()).ToList();
        var experts = await db.Experts.CountAsync(e => e.TermFrom <= today && today <= e.TermTo, ct);
        var members = await db.Experts.CountAsync(e => e.CommitteeMember && e.LoanId == null && e.TermFrom <= today && today <= e.TermTo, ct);
        var upper = (await UpperBank.AboveAsync(db, ct)).Count;
        var rehearsed = await db.History.Where(h => h.StreamId == db.TenantId && h.Command == Rehearsal.Passed).CountAsync(ct);
        return new(committee.Code, committee.Place, committee.OfficeName, committee.Live,
        [
            new(OnboardingStep.Founded, rules is not null, true, []),
            new(OnboardingStep.Administrators, three.All(t => t.Count > 0), true, [three.Count(t => t.Count > 0), three.Count(t => t.Exists(a => a.Accepted))]),
            new(OnboardingStep.Rules, rules is { ApprovedBy: not CommitteeSetup.NotApproved }, true, [rules?.Version ?? 0]),
            new(OnboardingStep.Experts, experts > 0 || upper > 0, true, [experts, upper]),
            new(OnboardingStep.Members, members > 0, false, [members]),
            new(OnboardingStep.Rehearsal, rehearsed > 0, false, [rehearsed]),
            new(OnboardingStep.Live, committee.Live, true, []),
        ]);
    }
}
