using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>汇总: the count follows from the opinions themselves; every dissent is listed whether the writer of the summary likes it or not.</summary>
[Called("汇总专家意见", "Summarise the opinions")]
public sealed record SummariseOpinions(
    [Field("汇总说明", "Summary", Kind = FieldKind.LongText)] string Text) : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at)
    {
        if (!matter.IsHandledBy(at.Actor) && !at.Actor.Is(Role.Secretariat))
            return Decision.Refuse("handler.other", $"该事项由{matter.Responsibility?.Handler.Name}承办；需要接手的，请处长改派。");
        return Decision.Record(new OpinionsSummarised(new(
            matter.Panel is { } panel ? Tally.Of(panel) : new(0, 0, 0, 0), Text, [.. Dissents(matter)], at.Actor.Person, at.Now)), Leave(matter, at));
    }

    private static IEnumerable<string> Dissents(Matter matter)
    {
        foreach (var (invitation, opinion) in (matter.Panel?.Invitations ?? []).Select(i => (i, i.Counted)))
            if (opinion is { Dissent: true }) yield return $"{invitation.ExpertName}：{opinion.Text}";
        if (matter.Meeting?.Minutes?.Dissent is { Length: > 0 } dissent) yield return $"论证会：{dissent}";
    }
}

public sealed record OpinionsSummarised(OpinionSummary Summary) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Summary = Summary };
}

/// <summary>不经专家咨询直接起草, with a reason. A major decision can't skip its experts (713号令 art. 28).</summary>
[Called("直接起草", "Draft without experts")]
public sealed record DraftWithoutExperts(
    [Field("不需专家咨询的理由", "Why no experts are needed", Kind = FieldKind.LongText, Most = 2000)] string Reason) : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at) => matter switch
    {
        { Type: MatterType.MajorDecision } => Decision.Refuse("draft.experts-required", "重大决策应当听取法律顾问、公职律师或者专家的意见（国务院令第713号第28条），不能直接起草。"),
        _ when !matter.IsHandledBy(at.Actor) => Decision.Refuse("handler.other", $"该事项由{matter.Responsibility?.Handler.Name}承办。"),
        _ => Decision.Record(new ExpertsNotNeeded(Reason, at.Actor.Person), Leave(matter, at)),
    };
}

public sealed record ExpertsNotNeeded(string Reason, Person By) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter;
}
