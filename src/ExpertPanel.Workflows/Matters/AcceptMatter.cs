using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Workflows.Matters;

/// <summary>受理: the review clock starts; the day of acceptance does not count.</summary>
[Called("受理", "Accept")]
public sealed record AcceptMatter(
    [Field("受理意见", "Comment", Optional = true, Most = 2000)] string? Comment = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.AcceptedAt is not null;

    public override Decision Decide(Matter matter, StepContext at)
    {
        var deadline = DeadlineClock.Start(at.Rules.ReviewDeadline(matter.Type, "受理"), at.Now, at.Calendar);
        // 713号令 art. 26: the sponsor leaves the time the review needs, at least 7 working days as a rule.
        if (matter is { Submission.PlannedMeetingOn: { } meeting, ExpeditedBy: null, Type: MatterType.MajorDecision }
            && at.Calendar.WorkingDaysBetween(at.Today, meeting) < 7)
            return Decision.Refuse("matter.review-time-too-short",
                $"拟上会日期 {meeting:yyyy年M月d日} 距今不足7个工作日（国务院令第713号第26条）。请先与送审单位调整上会日期，或由处长、办领导批准“加急”并说明理由。");
        return Decision.Record(new MatterAccepted(deadline, Comment, at.Actor.Person, at.Now), Leave(matter, at))
            .Ask([.. Warnings.For(matter, deadline, ofReview: true, at)]);
    }
}

public sealed record MatterAccepted(Deadline ReviewDeadline, string? Comment, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { AcceptedAt = At, ReviewDeadline = ReviewDeadline };
}
