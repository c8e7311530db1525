using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Processes;

/// <summary>
/// The engine seam: says what follows by itself from committed facts. Nothing outside Processes knows which driver runs, so another host
/// (an Elsa project, say) can attach here.
/// </summary>
public interface IRouteDriver
{
    /// <summary>The commands that the system runs next, in order, within the same transaction.</summary>
    IReadOnlyList<MatterCommand> Follow(Route route, Matter matter, IReadOnlyList<MatterEvent> facts);
}

/// <summary>The default: reads the route's own list of what follows on which fact.</summary>
public sealed class RouteDriver : IRouteDriver
{
    public IReadOnlyList<MatterCommand> Follow(Route route, Matter matter, IReadOnlyList<MatterEvent> facts) =>
    [
        .. from follow in route.Follows
           where facts.Any(f => f.Name == follow.On)
           group follow by follow.Run into run
           select MatterCommands.Read(run.Key, "{}"),
    ];
}
