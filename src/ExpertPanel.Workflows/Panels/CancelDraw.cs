using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>
/// 重设席位: a prepared draw is given up by one person, with a reason, while no part of its beacon is known: nothing can be gained by it
/// then. Its evidence stays on record.
/// </summary>
[Called("重设席位", "Give up the prepared draw")]
public sealed record CancelDraw(
    [Field("原因", "Reason", Most = 1000)] string Reason) : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at) => matter.Panel switch
    {
        { Beacon: { } beacon } when beacon.IsPartKnown(at.Now) =>
            Decision.Refuse("draw.part-known", "随机值已公布或部分公开，不能由一人撤销。请“申请重新抽取”，由处长或办领导另行批准。"),
        _ => Decision.Record(new DrawCancelled(Reason, at.Actor.Person, at.Now), Leave(matter, at)),
    };
}

public sealed record DrawCancelled(string Reason, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => FormerDraw.Keep(matter, new(Reason, By, At), approvedBy: null, At);
}

/// <summary>A draw that no longer counts: who gave it up and why. Its panel, with whatever opinions it gave, and its evidence stay.</summary>
/// <param name="ApprovedBy">The second person; none where nothing of the beacon was known yet.</param>
public sealed record FormerDraw(Panel Panel, RedrawRequest Asked, Person? ApprovedBy, DateTimeOffset At)
{
    internal static Matter Keep(Matter matter, RedrawRequest asked, Person? approvedBy, DateTimeOffset at) => matter.Panel is not { } panel
        ? matter
        : matter with
        {
            Panel = null,
            FormerDraws = [.. matter.FormerDraws, new(panel.WithdrawOpen("重新抽取") with { Redraw = null, ClosedAt = panel.ClosedAt ?? at }, asked, approvedBy, at)],
        };
}
