using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Workflows.Matters;

/// <summary>The matter stands in a new stage; a limit of the old stage goes with it.</summary>
public sealed record StageEntered(string Stage, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Stage = Stage, StageSince = At, StageDeadline = null };
}

/// <summary>The new stage has a time limit.</summary>
public sealed record StageDeadlineSet(Deadline Deadline) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { StageDeadline = Deadline };
}
