using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Reviews;

/// <summary>更正、撤销: after issue nothing is edited. A new linked matter begins at drafting with the old draft and gets its own number.</summary>
[Called("更正或撤销", "Correct or revoke")]
public sealed record RegisterCorrection(
    [Field("原收文编号", "Original matter", Most = 40)] string? LinkedNumber,
    [Field("种类", "Kind", Kind = FieldKind.Choice)] LinkKind Kind,
    [Field("更正或撤销的原因和内容", "What and why", Kind = FieldKind.LongText, Most = 4000)] string Reason) : OpeningCommand, INeedsNumber, INeedsLinkedMatter
{
    /// <summary>The stage in which a correction begins.</summary>
    public const string FirstStage = "drafting";

    public (string Code, int Year) Series(Matter? matter, StepContext at) => ("收文", ChinaTime.LocalDate(at.Now).Year);

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (!at.Actor.Is(Role.CaseHandler) && !at.Actor.Is(Role.DivisionHead)) return Decision.Refuse("role.missing", "更正或撤销由承办人、处长提出。");
        if (at.Linked is not { } original) return Decision.Refuse("matter.link-not-found", "没有这件原事项，请核对收文编号。", nameof(LinkedNumber));
        if (original is not { Delivery: not null, Issue: { } issue, Draft: { } draft, Responsibility: { } responsibility })
            return Decision.Refuse("correction.not-issued", "原意见书尚未发出：发出之前请直接退回修改。", nameof(LinkedNumber));
        if (Kind is not (LinkKind.Correction or LinkKind.Revocation)) return Decision.Refuse("correction.kind", "请选择“更正”或“撤销”。", nameof(Kind));
        var word = Kind == LinkKind.Correction ? "更正" : "撤销";
        var submission = original.Submission with { Title = $"关于{word}{issue.Number}的意见", ReceivedAt = at.Now, RegisteredAt = at.Now };
        var number = $"{at.Rules.Text("office.code")}-{at.Today.Year}-{at.NextSerial:0000}";
        var deadline = DeadlineClock.Start(at.Rules.ReviewDeadline(original.Type, word), at.Now, at.Calendar);
        var opened = Decision.Record(
            new MatterRegistered(at.NewId, number, at.Route.Id, at.Route.Version, at.Rules.Version, original.Type, submission,
                original.Secrecy, original.MailAllowed, original.Urgency, new(original.Number, Kind)),
            new MatterAccepted(deadline, Reason, at.Actor.Person, at.Now),
            new MatterAssigned(responsibility, at.Actor.Person, at.Now),
            new DraftSaved(draft with { Version = 1, Circumstances = $"{Reason}\n{draft.Circumstances}", At = at.Now }),
            new StageEntered(FirstStage, at.Now));
        return opened.Ask([.. Warnings.For(matter.Apply(opened.Events), deadline, ofReview: true, at)]);
    }
}
