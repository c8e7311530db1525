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

/// <summary>恢复: the working days left are added from today, for the deadlines and for the open invitations; the pause is listed with the deadline.</summary>
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
        var panel = matter.Panel?.Postpone(day => Later(day, ChinaTime.LocalDate(pause.From), at));
        var resumed = new MatterResumed(
            review, stage, [.. (panel?.Invitations ?? []).Where(i => i.IsOpen).Select(i => new InvitationDays(i.Id, i.AnswerBy, i.Due))], panel?.Due, Note, at.Now);
        var after = resumed.Apply(matter);
        return Decision.Record(resumed).Ask(
        [
            .. review is null ? [] : Warnings.For(after, review, ofReview: true, at),
            .. stage is null ? [] : Warnings.For(after, stage, ofReview: false, at),
            .. Panels.Invitations.Timers(after, at),
        ]);
    }

    /// <summary>As <see cref="DeadlineClock.Resume"/> does it: the day of the pause counts as used, and what was late stays late.</summary>
    private static DateOnly Later(DateOnly day, DateOnly paused, StepContext at) => day < paused
        ? day
        : at.Calendar.WorkingDayOnOrAfter(at.Calendar.AddWorkingDays(at.Today, at.Calendar.WorkingDaysBetween(paused, day)));
}

/// <summary>The days on which an invitation now falls due.</summary>
public sealed record InvitationDays(Guid InvitationId, DateOnly AnswerBy, DateOnly Due);

public sealed record MatterResumed(
    Deadline? ReviewDeadline, Deadline? StageDeadline, IReadOnlyList<InvitationDays> Invitations, DateOnly? RoundDue, string Note, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Suspension = null,
        ReviewDeadline = ReviewDeadline,
        StageDeadline = StageDeadline,
        Panel = matter.Panel is { } panel
            ? Invitations.Aggregate(panel, (p, days) => p.Find(days.InvitationId) is { } i ? p.With(i with { AnswerBy = days.AnswerBy, Due = days.Due }) : p) with { Due = RoundDue }
            : null,
    };
}
