using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Workflows.Matters;

/// <summary>申请延期: once, with reason; somebody else approves.</summary>
[Called("申请延期", "Request an extension")]
public sealed record RequestExtension(
    [Field("延长天数", "Days", HintZh = "与审查时限的单位相同")] int Days,
    [Field("延期理由", "Reason", Kind = FieldKind.LongText, Most = 2000)] string Reason) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Extension is { Approved: null };

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.ReviewDeadline is not { CanExtend: true }) return Decision.Refuse("extension.once", "审查时限只能延长一次，且须在办结之前。");
        var most = at.Rules.Whole("deadline.extension");
        if (Days < 1 || Days > most) return Decision.Refuse("extension.days", $"延长天数应为 1 到 {most} 天。", nameof(Days));
        return Decision.Record(new ExtensionRequested(new(Days, Reason, at.Actor.Person, at.Now, null, null, null)));
    }
}

public sealed record ExtensionRequested(ExtensionRequest Request) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Extension = Request };
}

/// <summary>批准延期: by another person than the one who asked; the sponsor is told in writing.</summary>
[Called("审批延期", "Decide the extension")]
public sealed record DecideExtension(
    [Field("同意延期", "Approve")] bool Approve,
    [Field("审批意见", "Comment", Optional = true, Most = 1000)] string? Comment = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Extension?.Approved == Approve;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Extension is not { Approved: null } request || matter.ReviewDeadline is not { } deadline)
            return Decision.Refuse("extension.none", "没有待审批的延期申请。");
        if (request.By.Id == at.Actor.Id) return Decision.Refuse("extension.own", "不能审批本人提出的延期申请。");
        if (!Approve) return Decision.Record(new ExtensionDecided(request with { Approved = false, Approver = at.Actor.Person, Comment = Comment }, deadline));
        if (deadline.Extend(request.Days, at.Actor.Name, request.Reason, at.Now, at.Calendar) is not { } longer)
            return Decision.Refuse("extension.once", "审查时限只能延长一次，且须在办结之前。");
        return Decision.Record(new ExtensionDecided(request with { Approved = true, Approver = at.Actor.Person, Comment = Comment }, longer))
            .Send(Letters.ToSponsor(LetterKinds.ExtensionNotice, matter, ("days", $"{request.Days}"), ("due", longer.Due.Iso()), ("reason", request.Reason)))
            .Ask([.. Warnings.For(matter, longer, ofReview: true, at)]);
    }
}

public sealed record ExtensionDecided(ExtensionRequest Request, Deadline ReviewDeadline) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Extension = Request, ReviewDeadline = ReviewDeadline };
}
