using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>Who asked to give a draw up, and why.</summary>
public sealed record RedrawRequest(string Reason, Person By, DateTimeOffset At);

/// <summary>申请重新抽取: once a part of the beacon is known, or the panel drawn, a second draw needs two people and a reason; both draws stay on record.</summary>
[Called("申请重新抽取", "Ask for a second draw")]
public sealed record RequestRedraw(
    [Field("理由", "Reason", Kind = FieldKind.LongText, Most = 2000)] string Reason) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel?.Redraw is not null;

    public override Decision Decide(Matter matter, StepContext at) => matter.Panel is null
        ? Decision.Refuse("redraw.no-draw", "本事项没有抽取可以重做。")
        : Decision.Record(new RedrawRequested(new(Reason, at.Actor.Person, at.Now)));
}

public sealed record RedrawRequested(RedrawRequest Request) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Panel = matter.Panel is { } p ? p with { Redraw = Request } : null };
}

/// <summary>
/// 审批重新抽取, by a division head or leader who did not ask for it. Approved, the open invitations are withdrawn and the seats are set
/// anew; refused, the draw stands.
/// </summary>
[Called("审批重新抽取", "Decide the second draw")]
public sealed record DecideRedraw(
    [Field("同意重新抽取", "Approve")] bool Approve,
    [Field("审批意见", "Comment", Optional = true, Most = 1000)] string? Comment = null) : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel?.Redraw is not { } asked) return Decision.Refuse("redraw.not-asked", "没有待批准的重新抽取申请。");
        if (asked.By.Id == at.Actor.Id) return Decision.Refuse("redraw.same-person", "申请人不能批准自己的申请，请由另一名处长或办领导审批。");
        var decided = new RedrawDecided(asked, Approve, Comment, at.Actor.Person, at.Now);
        return Approve
            ? Decision.Record(decided, Leave(matter, at)).Send([.. Invitations.Withdraw(matter, "专家组已重新抽取")])
            : Decision.Record(decided);
    }
}

public sealed record RedrawDecided(RedrawRequest Asked, bool Approved, string? Comment, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => Approved
        ? FormerDraw.Keep(matter, Asked, By, At)
        : matter with { Panel = matter.Panel is { } p ? p with { Redraw = null } : null };
}
