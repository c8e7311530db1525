using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Workflows.Matters;

/// <summary>Asked by a timer at 50 %, one working day before, and when overdue. Overdue also opens a blue supervision slip (督办).</summary>
/// <param name="Due">The due date the warning was planned for: if the limit moved meanwhile, the state says so and nothing happens.</param>
[Called("时限提醒", "Warn of a deadline")]
public sealed record WarnDeadline(DeadlineWarningKind Kind, bool OfReview, DateOnly Due, string Stage) : MatterCommand
{
    /// <summary>A limit that was stopped and went on within a day keeps its due date, and so has the same question twice; of a limit met or moved nobody asks.</summary>
    public override bool AlreadyDone(Matter matter, Actor actor) =>
        matter.WarningsGiven.Contains(Asked) || DeadlineOf(matter) is not { MetAt: null } deadline || deadline.Due != Due || (!OfReview && matter.Stage != Stage);

    private Deadline? DeadlineOf(Matter matter) => OfReview ? matter.ReviewDeadline : matter.StageDeadline;

    private WarningGiven Asked => new(Kind, OfReview, Due, OfReview ? null : Stage);

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (DeadlineOf(matter) is not { IsPaused: false } deadline) return Decision.Nothing;
        var warned = new DeadlineWarned(Asked, at.Now);
        if (Kind != DeadlineWarningKind.Overdue) return Decision.Record(warned).Ask([.. Warnings.For(matter, deadline, OfReview, at)]);
        var duty = $"{(OfReview ? "审查时限" : $"“{at.Route.Stage(matter.Stage).Name.Zh}”环节时限")}已于 {Due:yyyy年M月d日} 届满，请说明原因并尽快办理。";
        var slip = new SupervisionSlip(at.NewId, SlipColour.Blue, duty, at.Calendar.AddWorkingDays(at.Today, 3), at.Actor.Person, at.Now, null, null);
        return Decision.Record(warned, new MatterSupervised(slip));
    }
}

/// <summary>A warning given: of which limit and for which due day; a stage's own limit also by its stage.</summary>
public sealed record WarningGiven(DeadlineWarningKind Kind, bool OfReview, DateOnly Due, string? Stage);

public sealed record DeadlineWarned(WarningGiven Warning, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { WarningsGiven = [.. matter.WarningsGiven, Warning] };
}

/// <summary>The timer for a deadline's next warning; each warning asks for the one after it.</summary>
internal static class Warnings
{
    public static IEnumerable<TimerDue> For(Matter matter, Deadline deadline, bool ofReview, StepContext at) =>
        deadline.Warnings(at.Calendar).Where(w => w.At > at.Now).Take(1)
            .Select(w => new TimerDue(w.At, new WarnDeadline(w.Kind, ofReview, deadline.Due, matter.Stage)));
}
