using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Workflows.Conflicts;

/// <summary>
/// 再次核查: cards and the table of names change between the draw and the opinion, so a member of the panel is screened again at the
/// invitation, the acceptance and the submission. Who is barred is recused in that very step and the seat goes to the next in the order; a
/// near match that is new waits for a person.
/// </summary>
internal static class Recheck
{
    /// <summary>What bars the expert now, if anything does.</summary>
    public static Finding? Bar(Matter matter, string bankNumber, StepContext at) =>
        Judged(matter, bankNumber, at).FirstOrDefault(j => j.Bars)?.Finding;

    /// <summary>Near matches of this expert that nobody was told of yet.</summary>
    public static IReadOnlyList<MatterEvent> News(Matter matter, string bankNumber, StepContext at) =>
    [
        .. Judged(matter, bankNumber, at).Where(j => j.Waits && !matter.NearMatches.Any(n => n.BankNumber == bankNumber && n.Finding == j.Finding.Key))
            .Select(j => new NearMatchFound(new(bankNumber, j.Expert.Candidate.Name, j.Finding.Key, j.Finding.Evidence, at.Now))),
    ];

    /// <summary>The expert leaves the panel; an opinion already given stays on record and leaves the count.</summary>
    public static Decision Recuse(Invitation invitation, Finding finding, StepContext at, params IReadOnlyList<MatterEvent> before)
    {
        var given = invitation.Opinions.Count > 0;
        var decision = Decision.Record([.. before, Recused(invitation, finding, given, at)]);
        return invitation.InvitedAt is null ? decision : decision.Send(Letters.ToExpert(LetterKinds.InvitationWithdrawn, invitation, ("reason", Told(given))));
    }

    public static ExpertRecused Recused(Invitation invitation, Finding finding, bool given, StepContext at) =>
        new ExpertRecused(invitation.Id, GroundOf(finding), $"再次核查：{finding.Evidence}", given, at.Now);

    public static string Told(bool given) => given ? "经核查存在应当回避的情形，您的意见留存但不计入" : "经核查存在应当回避的情形，已另请专家";

    private static IReadOnlyList<JudgedFinding> Judged(Matter matter, string bankNumber, StepContext at) =>
        at.Pool.FirstOrDefault(p => p.Candidate.Id == bankNumber) is { } member ? new MatterScreening(matter, at).Judge(member) : [];

    private static RecusalGround GroundOf(Finding finding) => finding.Rule switch
    {
        ConflictRules.Employer or ConflictRules.FormerEmployer => RecusalGround.EmployerIsParty,
        ConflictRules.Counsel => RecusalGround.ActsForAParty,
        ConflictRules.Declared or ConflictRules.OwnInterest => RecusalGround.OwnInterest,
        ConflictRules.Relative => RecusalGround.RelativesInterest,
        ConflictRules.PriorHandling => RecusalGround.AdvisedBefore,
        _ => RecusalGround.OtherDoubt,
    };
}
