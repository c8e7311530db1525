using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Workflows.Conflicts;

/// <summary>
/// The bank as it goes into a draw's frozen input: each expert with what was found, and each confirmed conflict written as the matter's own
/// name among the declared ones, so that the contract's engine excludes the person and the transcript shows why.
/// </summary>
public static class DrawPool
{
    private const string Certain = "certain";
    private const string Confirmed = "confirmed";
    private const string Cleared = "cleared";
    private const string Waiting = "waiting";
    private const string OneEmployer = "one-employer";
    private const string Excluded = "excluded";

    /// <summary>A draw waits until a person has decided every near match (<c>draw.near-matches</c>).</summary>
    public static Decision? Refuse(MatterScreening screening, StepContext at)
    {
        var waiting = screening.Waiting(at.Pool, at.Now, at.Rules.MaxOpenReviews);
        return waiting.Count == 0
            ? null
            : Decision.Refuse("draw.near-matches",
                $"有 {waiting.Count} 条疑似回避情形尚未核定，例如{waiting[0].Expert.Candidate.Name}：{waiting[0].Finding.Evidence}。已列入秘书处和处长的待办，在“回避审查”页逐条核定后再准备抽取。");
    }

    public static IReadOnlyList<Candidate> Of(MatterScreening screening, StepContext at, int seats)
    {
        var limit = LineLimit.For(at.Rules, seats);
        return [.. at.Pool.Select(member => Frozen(member, screening, limit))];
    }

    private static Candidate Frozen(PoolMember member, MatterScreening screening, LineLimit limit)
    {
        var found = screening.Of(member);
        if (found.Findings.Count == 0 && found.Line is null) return member.Candidate;
        var judged = screening.Judge(member, found);
        var findings = judged.Select(j => new CandidateFinding(
            j.Finding.Rule, j.Finding.Source, j.Finding.Evidence, j.Finding.Interest,
            j.Finding.Certainty == Certainty.Certain ? Certain : j.Decided is not { } decided ? Waiting : decided.IsConflict ? Confirmed : Cleared,
            j.Decided?.Reason, j.Decided?.By.Name)).ToList();
        var conflicts = member.Candidate.Conflicts.Concat(judged.Where(j => j.Bars).Select(j => screening.InterestInDraw(j.Finding))).ToList();
        var employer = member.Candidate.Employer;
        if (found.Line is { } line)
        {
            findings.Add(new(ConflictRules.Line, line.Source, line.Evidence, line.Sponsor, limit.CountsAsOneEmployer ? OneEmployer : Excluded, null, null));
            if (limit.CountsAsOneEmployer) employer = LineLimit.EmployerOf(line);
            else conflicts.Add(line.Sponsor);
        }

        return member.Candidate with { Employer = employer, Conflicts = [.. conflicts.Distinct()], Findings = findings };
    }
}

/// <summary>
/// 行业主管部门人员比例. The engine knows one limit on who sits together, the employer's; so the whole line counts as one employer where that
/// keeps the share, and stays out where it would not (ADR 8).
/// </summary>
public sealed record LineLimit(bool CountsAsOneEmployer)
{
    public static LineLimit For(Rules.CommitteeRules rules, int seats) => new(Panels.SeatRules.MaxPerEmployer(seats, rules) <= rules.LineShare.AtMost(seats));

    public static string EmployerOf(LineDepartment line) => $"行业主管部门（{line.Sponsor}系统）";
}
