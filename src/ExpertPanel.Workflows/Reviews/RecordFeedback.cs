using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Reviews;

/// <summary>采纳情况反馈: item by item.</summary>
public sealed record AdoptionFeedback(AdoptionKind Overall, IReadOnlyList<AdoptionItem> Items, string? Reason, bool TabledDespiteUnlawful, DateTimeOffset At);

public sealed record AdoptionItem(
    [Field("建议", "Suggestion", Most = 2000)] string Suggestion,
    [Field("采纳", "Adopted", Kind = FieldKind.Choice)] AdoptionKind? Adopted,
    [Field("理由或修改后文本", "Reason or revised text", Optional = true, Most = 4000)] string? Reason);

/// <summary>采纳反馈. What is not adopted needs a reason (713号令 art. 29); tabling an unlawful draft opens a red slip.</summary>
[Called("采纳反馈", "Record the feedback")]
public sealed record RecordFeedback(
    [Field("总体采纳情况", "Overall", Kind = FieldKind.Choice)] AdoptionKind Overall,
    [Field("未采纳或部分采纳的理由", "Why not", Kind = FieldKind.LongText, Optional = true, Most = 4000)] string? Reason = null,
    [Field("逐项采纳情况", "Item by item", Optional = true)] IReadOnlyList<AdoptionItem>? Items = null,
    [Field("结论为不合法但仍提请审议", "Tabled although unlawful", Optional = true)] bool TabledDespiteUnlawful = false) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Feedback is not null;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (Overall != AdoptionKind.Adopted && string.IsNullOrWhiteSpace(Reason))
            return Decision.Refuse("feedback.reason-missing", "未采纳或部分采纳的，请说明理由。", nameof(Reason));
        var items = Items ?? [];
        for (var i = 0; i < items.Count; i++)
            if (items[i].Adopted == AdoptionKind.NotAdopted && string.IsNullOrWhiteSpace(items[i].Reason))
                return Decision.Refuse("feedback.reason-missing", $"第 {i + 1} 项未采纳，请说明理由。", $"{nameof(Items)}[{i}].{nameof(AdoptionItem.Reason)}");
        var tabled = TabledDespiteUnlawful && matter.Draft?.Conclusion == ReviewConclusion.Unlawful;
        var recorded = Decision.Record(new FeedbackRecorded(new(Overall, [.. items.Where(i => i.Adopted is not null)], Reason, tabled, at.Now)), Leave(matter, at));
        return tabled
            ? recorded.And(new MatterSupervised(new(at.NewId, SlipColour.Red, "审查结论为不合法，仍提请审议（国务院令第713号第25条），请报告责任领导并书面说明。",
                at.Calendar.AddWorkingDays(at.Today, 3), at.Actor.Person, at.Now, null, null)))
            : recorded;
    }
}

public sealed record FeedbackRecorded(AdoptionFeedback Feedback) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Feedback = Feedback };
}

/// <summary>Asked by a timer when feedback is due: a reminder to the sponsor and a slip, once.</summary>
[Called("催办反馈", "Remind of the feedback")]
public sealed record RemindFeedback(DateOnly Due) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Feedback is not null;

    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new FeedbackReminded(Due, at.Now))
            .Send(Letters.ToSponsor(LetterKinds.FeedbackReminder, matter, ("number", matter.Issue?.Number ?? ""), ("due", Due.Iso())));
}

public sealed record FeedbackReminded(DateOnly Due, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter;
}
