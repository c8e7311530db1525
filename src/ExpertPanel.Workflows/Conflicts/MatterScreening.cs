using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Conflicts;

/// <summary>A finding together with what a person decided about it, if it was theirs to decide.</summary>
public sealed record JudgedFinding(PoolMember Expert, Finding Finding, ConflictDecision? Decided)
{
    /// <summary>The expert is barred: the rule is certain, or a person said so.</summary>
    public bool Bars => Finding.Certainty == Certainty.Certain || Decided is { IsConflict: true };

    public bool Waits => Finding.Certainty == Certainty.Near && Decided is null;
}

/// <summary>The bank screened against one matter as it stands: its names, its own and the linked matter's handlers, and what was decided.</summary>
public sealed class MatterScreening
{
    private readonly ConflictScreen screen;
    private readonly Dictionary<PoolMember, Screening> screened = new(ReferenceEqualityComparer.Instance);
    private readonly Matter matter;
    private readonly ILookup<(string, string), ConflictDecision> decided;

    /// <param name="matter">The matter, with what a person has decided about near matches.</param>
    /// <param name="at">Gives the office's table of names and, for a linked matter, that matter.</param>
    public MatterScreening(Matter matter, StepContext at)
    {
        this.matter = matter;
        screen = new(InterestsOf(matter, at), at.Organisations);
        decided = matter.ConflictDecisions.ToLookup(d => (d.BankNumber, d.Finding));
    }

    /// <summary>Each card is screened once, however often it is asked for.</summary>
    public Screening Of(PoolMember member)
    {
        if (!screened.TryGetValue(member, out var known))
            screened[member] = known = screen.Screen(new(
                member.Candidate.Id, member.Candidate.Name, member.Candidate.Employer, member.Candidate.FormerEmployers, member.Candidate.Conflicts,
                member.Candidate.Relatives, member.CivilServant));
        return known;
    }

    /// <summary>A later decision takes the place of an earlier one.</summary>
    public IReadOnlyList<JudgedFinding> Judge(PoolMember member) => Judge(member, Of(member));

    internal IReadOnlyList<JudgedFinding> Judge(PoolMember member, Screening screening) =>
        [.. screening.Findings.Select(f => new JudgedFinding(member, f, decided[(member.Candidate.Id, f.Key)].LastOrDefault()))];

    /// <summary>Near matches not decided yet, of experts whom nothing else keeps out of a draw today.</summary>
    public IReadOnlyList<JudgedFinding> Waiting(IEnumerable<PoolMember> pool, DateTimeOffset now, int maxOpenReviews)
    {
        var today = ChinaTime.LocalDate(now);
        return
        [
            .. from member in pool
               where !member.Candidate.OnLeave && member.Candidate.OpenReviews < maxOpenReviews && member.Candidate.TermFrom <= today && today <= member.Candidate.TermTo
               let judged = Judge(member)
               where !judged.Any(j => j.Bars)
               from near in judged
               where near.Waits
               select near,
        ];
    }

    /// <summary>The matter's own name that a draw's input must be given, so that the engine itself excludes whom this finding bars.</summary>
    public string InterestInDraw(Finding finding) =>
        finding.InterestKind is InterestKind.SponsorPerson or InterestKind.PriorHandling ? matter.Submission.SponsoringUnit : finding.Interest;

    private static MatterInterests InterestsOf(Matter matter, StepContext at)
    {
        var submission = matter.Submission;
        return new(
            submission.SponsoringUnit, submission.CoSponsors, submission.Parties, submission.Counsel, submission.People,
            [.. new[] { submission.ContactName }.Concat(at.Organisations.LeadersOf(submission.SponsoringUnit)).Where(n => !string.IsNullOrWhiteSpace(n))],
            [.. Handlers(matter, at), .. at.Linked is { } linked && linked.Number == matter.Link?.Number ? Handlers(linked, at).Concat(Reviewers(linked)) : []]);
    }

    private static IEnumerable<PriorHandler> Handlers(Matter matter, StepContext at)
    {
        if (matter.Responsibility is not { } responsible) yield break;
        yield return new(null, responsible.Leader.Name, at.Rules.OfficeName, "责任领导", matter.Number);
        foreach (var handler in responsible.CoHandlers.Prepend(responsible.Handler)) yield return new(null, handler.Name, at.Rules.OfficeName, "承办人", matter.Number);
    }

    private static IEnumerable<PriorHandler> Reviewers(Matter linked)
    {
        foreach (var invitation in (linked.Panel?.Invitations ?? []).Where(i => i.Opinions.Count > 0))
            yield return new(invitation.BankNumber, invitation.ExpertName, null, "专家意见", linked.Number);
        foreach (var name in linked.Meeting?.Minutes?.Attended ?? []) yield return new(null, name, null, "论证会出席专家", linked.Number);
    }
}
