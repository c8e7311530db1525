using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Routes;

namespace ExpertPanel.Workflows.Matters;

/// <summary>One door for every command: already so, may this person, what does the rule say, which limit does the new stage bring.</summary>
public static class MatterProcess
{
    public static Decision Decide(Matter? matter, MatterCommand command, StepContext at)
    {
        if (command is OpeningCommand) return Follow(Matter.Unborn, command.Decide(Matter.Unborn, at), at);
        if (matter is null) return Decision.Refuse("matter.not-found", "没有这件事项，请核对收文编号。");
        if (command.AlreadyDone(matter, at.Actor)) return Decision.Nothing;
        if (RouteGuard.Refuse(matter, command, at) is { } refusal) return Decision.Refuse(refusal.Code, refusal.Message, refusal.Field);
        return Follow(matter, command.Decide(matter, at), at);
    }

    /// <summary>Adds the limit and the warnings of a stage that the decision enters.</summary>
    private static Decision Follow(Matter before, Decision decision, StepContext at)
    {
        if (decision.Events.OfType<StageEntered>().LastOrDefault() is not { } entered || decision.Events.OfType<StageDeadlineSet>().Any()) return decision;
        var after = before.Apply(decision.Events);
        if (at.Route.Stage(entered.Stage).Deadline is not { } rule || !at.Rules.Has("deadline." + rule)) return decision;
        var deadline = DeadlineClock.Start(at.Rules.Deadline(rule, entered.Stage), at.Now, at.Calendar);
        return decision.And(new StageDeadlineSet(deadline)).Ask([.. Warnings.For(after, deadline, ofReview: false, at)]);
    }
}
