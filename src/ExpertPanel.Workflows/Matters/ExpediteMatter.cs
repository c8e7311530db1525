using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Workflows.Matters;

/// <summary>
/// 加急: a shortened limit is allowed only with an approver and a reason, both kept with the deadline. It is counted from the acceptance as
/// the limit was: the days of a pause stay out, and the one extension, where it was approved, stays in and is not to be had again.
/// </summary>
[Called("加急", "Expedite")]
public sealed record ExpediteMatter(
    [Field("紧急程度", "Urgency", Kind = FieldKind.Choice)] UrgencyLevel Level,
    [Field("加急理由", "Reason", Kind = FieldKind.LongText, Most = 2000)] string Reason,
    [Field("缩短后的审查时限（天）", "Shortened review limit (days)", Optional = true,
        HintZh = "不填则时限不变。自受理起算，单位与原时限相同；中止的日子不计，已批准的延期照加",
        HintEn = "Unchanged where empty. Counted from the acceptance in the unit of the limit; days of a pause stay out, an approved extension is added")] int? Days = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) =>
        matter.Urgency == Level && matter.ExpeditedBy is not null && (Days is null || matter.ReviewDeadline?.Rule.Value == Days);

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (Level == UrgencyLevel.Normal) return Decision.Refuse("expedite.level", "请选择“加急”或“特急”。", nameof(Level));
        if (Days is not { } days) return Decision.Record(new MatterExpedited(Level, Reason, at.Actor.Person, matter.ReviewDeadline));
        if (days is < 1 or > 60) return Decision.Refuse("expedite.days", "审查时限应为 1 到 60 天。", nameof(Days));
        if (matter.ReviewDeadline is not { MetAt: null } old)
            return Decision.Refuse("expedite.no-limit", "审查时限自受理起算，目前没有可缩短的时限。请不填天数，只批准加急。", nameof(Days));
        var shorter = old.Shorten(days, $"加急，{at.Actor.Name}批准：{Reason}", at.Now, at.Calendar);
        if (shorter.Due > old.Due)
            return Decision.Refuse("expedite.longer", $"加急只能缩短时限：这样算届满日为 {shorter.Due:yyyy年M月d日}，晚于现在的 {old.Due:yyyy年M月d日}。需要更多时间的，请“申请延期”。", nameof(Days));
        return shorter.Due < at.Today
            ? Decision.Refuse("expedite.past", $"这样算届满日为 {shorter.Due:yyyy年M月d日}，已经过去。请填写更多天数，或不填天数、只批准加急。", nameof(Days))
            : Decision.Record(new MatterExpedited(Level, Reason, at.Actor.Person, shorter)).Ask([.. Warnings.For(matter, shorter, ofReview: true, at)]);
    }
}

public sealed record MatterExpedited(UrgencyLevel Level, string Reason, Person By, Deadline? ReviewDeadline) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Urgency = Level, ExpeditedBy = By, ReviewDeadline = ReviewDeadline };
}
