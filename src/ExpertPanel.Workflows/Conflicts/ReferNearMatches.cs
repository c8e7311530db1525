using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Conflicts;

/// <summary>
/// 提请核定疑似回避情形: the near matches that would hold the draw up go to the desk of those who decide them. Follows by itself when the matter
/// gets its handler; whom a later change of a card holds up asks again.
/// </summary>
[Called("提请核定疑似回避情形", "Refer near matches")]
public sealed record ReferNearMatches : MatterCommand, INeedsPool, INeedsScreening
{
    public override Decision Decide(Matter matter, StepContext at)
    {
        var known = matter.NearMatches.Select(n => (n.BankNumber, n.Finding)).ToHashSet();
        return Decision.Record(
        [
            .. new MatterScreening(matter, at).Waiting(at.Pool, at.Now, at.Rules.MaxOpenReviews)
                .Select(j => new NearMatch(j.Expert.Candidate.Id, j.Expert.Candidate.Name, j.Finding.Key, j.Finding.Evidence, at.Now))
                .Where(near => known.Add((near.BankNumber, near.Finding)))
                .Select(near => new NearMatchFound(near)),
        ]);
    }
}
