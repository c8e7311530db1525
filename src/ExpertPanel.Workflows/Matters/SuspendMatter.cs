using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Workflows.Matters;

/// <summary>中止: the clock stops, with cause, notice and the event that ends it.</summary>
[Called("中止", "Suspend")]
public sealed record SuspendMatter(
    [Field("中止原因", "Cause", Kind = FieldKind.Choice)] SuspensionCause Cause,
    [Field("说明", "Explanation", Kind = FieldKind.LongText, Most = 2000)] string Reason,
    [Field("恢复条件", "What ends it", Most = 500)] string Until) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Suspension is not null;

    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new MatterSuspended(new(at.Now, Cause, Reason, Until, at.Actor.Person)))
            .Send(Letters.ToSponsor(LetterKinds.SuspensionNotice, matter, ("reason", Reason), ("until", Until)));
}

public sealed record MatterSuspended(Suspension Suspension) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Suspension = Suspension,
        ReviewDeadline = matter.ReviewDeadline?.Pause(Suspension.From, "suspension"),
        StageDeadline = matter.StageDeadline?.Pause(Suspension.From, "suspension"),
    };
}

/// <summary>恢复: the days left are added from today; the days paused are listed with the deadline; open invitations get the paused time too.</summary>
[Called("恢复办理", "Resume")]
public sealed record ResumeMatter(
    [Field("恢复说明", "Note", Most = 1000)] string Note) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Suspension is null;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Suspension is not { } pause) return Decision.Nothing;
        var review = matter.ReviewDeadline?.Resume(at.Now, at.Calendar);
        var stage = matter.StageDeadline?.Resume(at.Now, at.Calendar);
        var days = at.Today.DayNumber - ChinaTime.LocalDate(pause.From).DayNumber;
        var resumed = new MatterResumed(review, stage, days, Note, at.Now);
        var after = resumed.Apply(matter);
        return Decision.Record(resumed).Ask(
        [
            .. review is null ? [] : Warnings.For(after, review, ofReview: true, at),
            .. stage is null ? [] : Warnings.For(after, stage, ofReview: false, at),
            .. Panels.Invitations.Timers(after, at),
        ]);
    }
}

/// <param name="Days">Calendar days that open invitations are moved by.</param>
public sealed record MatterResumed(Deadline? ReviewDeadline, Deadline? StageDeadline, int Days, string Note, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Suspension = null,
        ReviewDeadline = ReviewDeadline,
        StageDeadline = StageDeadline,
        Panel = matter.Panel is { } panel ? panel.Postpone(Days) : null,
    };
}
