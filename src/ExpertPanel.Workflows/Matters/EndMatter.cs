namespace ExpertPanel.Workflows.Matters;

/// <summary>The matter ended without an opinion. A later submission is a new matter that links here.</summary>
public sealed record MatterEnded(Ending Ending) : MatterEvent
{
    public override Matter Apply(Matter matter) =>
        matter with
        {
            Ending = Ending,
            ClosedAt = Ending.At,
            ReviewDeadline = matter.ReviewDeadline is { } d ? Deadlines.DeadlineClock.Meet(d, Ending.At) : null,
            Suspension = null,
            Panel = matter.Panel?.WithdrawOpen("事项已结束"),
        };
}

/// <summary>不予受理, approved by the division head, with reason and basis.</summary>
[Called("不予受理", "Decline")]
public sealed record DeclineMatter(
    [Field("理由", "Reason", Kind = FieldKind.Choice)] EndingReason Reason,
    [Field("说明和依据", "Explanation and basis", Kind = FieldKind.LongText, Most = 4000)] string Text,
    [Field("有权处理的机关", "Proper body", Optional = true, Most = 200)] string? ProperBody = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Ending?.Kind == EndingKind.Declined;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (Reason == EndingReason.NotOurCompetence && string.IsNullOrWhiteSpace(ProperBody))
            return Decision.Refuse("decline.proper-body-missing", "以“不属于职责范围”不予受理的，应当告知有权处理的机关。", nameof(ProperBody));
        return Decision.Record(new MatterEnded(new(EndingKind.Declined, Reason, Text, ProperBody, at.Actor.Person, at.Now, false)), Leave(matter, at))
            .Send(Letters.ToSponsor(LetterKinds.DeclineNotice, matter, ("reason", Reason.ToString()), ("text", Text), ("properBody", ProperBody ?? "")));
    }
}

/// <summary>退回送审单位.</summary>
[Called("退回", "Return")]
public sealed record ReturnMatter(
    [Field("理由", "Reason", Kind = FieldKind.Choice)] EndingReason Reason,
    [Field("退回说明", "Explanation", Kind = FieldKind.LongText, Most = 4000)] string Text) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Ending?.Kind == EndingKind.Returned;

    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new MatterEnded(new(EndingKind.Returned, Reason, Text, null, at.Actor.Person, at.Now, false)), Leave(matter, at))
            .Send(Letters.ToSponsor(LetterKinds.ReturnNotice, matter, ("reason", Reason.ToString()), ("text", Text)));
}

/// <summary>转办、移送 to the body that is competent.</summary>
[Called("转办", "Transfer")]
public sealed record TransferMatter(
    [Field("接收机关", "Receiving body", Most = 200)] string ProperBody,
    [Field("转办说明", "Explanation", Kind = FieldKind.LongText, Most = 4000)] string Text) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Ending?.Kind == EndingKind.Transferred;

    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new MatterEnded(new(EndingKind.Transferred, EndingReason.NotOurCompetence, Text, ProperBody, at.Actor.Person, at.Now, false)), Leave(matter, at))
            .Send(Letters.ToSponsor(LetterKinds.TransferNotice, matter, ("text", Text), ("properBody", ProperBody)));
}

/// <summary>撤回: the sponsor takes the matter back, until it is issued. Open invitations are withdrawn with it.</summary>
[Called("撤回", "Withdraw")]
public sealed record WithdrawMatter(
    [Field("撤回原因", "Reason", Kind = FieldKind.LongText, Most = 2000)] string Text) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Ending?.Kind == EndingKind.Withdrawn;

    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new MatterEnded(new(EndingKind.Withdrawn, EndingReason.SponsorRequest, Text, null, at.Actor.Person, at.Now, false)), Leave(matter, at))
            .Send([.. Panels.Invitations.Withdraw(matter, "送审单位已撤回该事项")]);
}

/// <summary>终止: the basis of the review is gone.</summary>
[Called("终止", "Terminate")]
public sealed record TerminateMatter(
    [Field("终止原因", "Reason", Kind = FieldKind.LongText, Most = 2000)] string Text) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Ending?.Kind == EndingKind.Terminated;

    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new MatterEnded(new(EndingKind.Terminated, EndingReason.BasisDisappeared, Text, null, at.Actor.Person, at.Now, false)), Leave(matter, at))
            .Send([.. Panels.Invitations.Withdraw(matter, "该事项已终止办理"), .. Letters.ToSponsor(LetterKinds.ReturnNotice, matter, ("reason", nameof(EndingReason.BasisDisappeared)), ("text", Text))]);
}
