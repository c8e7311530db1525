using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Conflicts;

/// <summary>A person's decision on one near match, with both sides as they were then.</summary>
/// <param name="Finding">The finding's key.</param>
public sealed record ConflictDecision(
    string BankNumber, string ExpertName, string Finding, string Rule, string Interest, string Evidence, bool IsConflict, string Reason, Person By, DateTimeOffset At);

/// <summary>A near match that waits for a person. Before the draw is prepared it holds the draw up; after that it stops nobody until it is decided.</summary>
public sealed record NearMatch(string BankNumber, string ExpertName, string Finding, string Evidence, DateTimeOffset At);

/// <summary>
/// 核定疑似回避情形 (pattern of 公务员法 art. 77: the office decides). Before the draw it lets the draw go on; later, a member of the panel whom
/// it bars is recused at once. A new decision on the same match takes the place of the old, which stays in the history.
/// </summary>
[Called("核定疑似回避情形", "Decide a near match")]
public sealed record DecideConflict(
    [Field("专家编号", "Expert's bank number", Kind = FieldKind.Hidden, Most = 60)] string BankNumber,
    [Field("疑似情形", "Near match", Kind = FieldKind.Hidden, Most = 2000)] string Finding,
    [Field("应当回避", "Is a conflict")] bool IsConflict,
    [Field("核定理由", "Reason", Kind = FieldKind.LongText, Most = 1000)] string Reason) : MatterCommand, INeedsScreening
{
    public override bool AlreadyDone(Matter matter, Actor actor) =>
        matter.ConflictDecisions.LastOrDefault(d => d.BankNumber == BankNumber && d.Finding == Finding) is { } last && last.IsConflict == IsConflict && last.Reason == Reason.Trim();

    public override Decision Decide(Matter matter, StepContext at)
    {
        var member = at.Pool.FirstOrDefault(p => p.Candidate.Id == BankNumber);
        var finding = member is null ? null : new MatterScreening(matter, at).Of(member).Findings.FirstOrDefault(f => f.Key == Finding);
        if (finding is null && !IsConflict && matter.WaitingNearMatches.FirstOrDefault(n => n.BankNumber == BankNumber && n.Finding == Finding) is { } gone)
            return Decision.Record(new ConflictDecided(new(
                BankNumber, gone.ExpertName, Finding, Conflicts.Finding.RuleOf(Finding), "", gone.Evidence, IsConflict: false, Reason.Trim(), at.Actor.Person, at.Now)));
        if (member is null || finding is null)
            return Decision.Refuse("conflict.not-found", "没有这条疑似回避情形：专家或事项的资料可能已更改，请刷新“回避审查”页。");
        if (finding.Certainty == Certainty.Certain) return Decision.Refuse("conflict.certain", "该情形按规则确定应当回避，不需要也不能另行核定。");
        var decided = new ConflictDecided(new(
            BankNumber, member.Candidate.Name, Finding, finding.Rule, finding.Interest, finding.Evidence, IsConflict, Reason.Trim(), at.Actor.Person, at.Now));
        var seated = matter.Panel?.Invitations.FirstOrDefault(i => i.BankNumber == BankNumber && (i.IsOpen || i.Counted is not null));
        return IsConflict && seated is not null ? Recheck.Recuse(seated, finding, at, decided) : Decision.Record(decided);
    }
}

public sealed record ConflictDecided(ConflictDecision Decision) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { ConflictDecisions = [.. matter.ConflictDecisions, Decision] };
}

/// <summary>Shown by a later check; told once.</summary>
public sealed record NearMatchFound(NearMatch Match) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { NearMatches = [.. matter.NearMatches, Match] };
}
