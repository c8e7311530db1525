using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Workflows.Matters;

/// <summary>加急: shortened limits are allowed only with an approver and a reason, both kept with the deadline.</summary>
[Called("加急", "Expedite")]
public sealed record ExpediteMatter(
    [Field("紧急程度", "Urgency", Kind = FieldKind.Choice)] UrgencyLevel Level,
    [Field("加急理由", "Reason", Kind = FieldKind.LongText, Most = 2000)] string Reason,
    [Field("审查时限（工作日）", "Review limit (working days)", Optional = true, HintZh = "不填则时限不变")] int? Days = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) =>
        matter.Urgency == Level && matter.ExpeditedBy is not null
        && (Days is null || matter.ReviewDeadline?.Rule is { Unit: DayUnit.WorkingDay } rule && rule.Value == Days);

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (Level == UrgencyLevel.Normal) return Decision.Refuse("expedite.level", "请选择“加急”或“特急”。", nameof(Level));
        if (Days is < 1 or > 60) return Decision.Refuse("expedite.days", "审查时限应为 1 到 60 个工作日。", nameof(Days));
        if (Days is null || matter.ReviewDeadline is not { } old) return Decision.Record(new MatterExpedited(Level, Reason, at.Actor.Person, matter.ReviewDeadline));
        var rule = old.Rule with { Value = Days.Value, Unit = DayUnit.WorkingDay, Source = $"加急，{at.Actor.Name}批准：{Reason}" };
        var shorter = DeadlineClock.Start(rule, old.Start, at.Calendar) with
        {
            History = [.. old.History, new(old.Due, old.CalendarVersion, DueDateChangeReason.Expedited, at.Now)],
        };
        return Decision.Record(new MatterExpedited(Level, Reason, at.Actor.Person, shorter)).Ask([.. Warnings.For(matter, shorter, ofReview: true, at)]);
    }
}

public sealed record MatterExpedited(UrgencyLevel Level, string Reason, Person By, Deadline? ReviewDeadline) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Urgency = Level, ExpeditedBy = By, ReviewDeadline = ReviewDeadline };
}
