namespace ExpertPanel.Workflows.Routes;

/// <summary>A name on paper and on pages.</summary>
public sealed record Label(string Zh, string En);

/// <summary>
/// The way of a matter as data: stages, who acts, which command leaves a stage, its deadline, and what follows by itself.
/// A matter in flight keeps the version it began with.
/// </summary>
public sealed record Route(
    string Id, int Version, Label Name, string First,
    IReadOnlyList<RouteStage> Stages, IReadOnlyList<RouteOverlay> Anytime, IReadOnlyList<RouteFollow> Follows)
{
    /// <exception cref="KeyNotFoundException">The route has no such stage.</exception>
    public RouteStage Stage(string id) =>
        Stages.FirstOrDefault(s => s.Id == id) ?? throw new KeyNotFoundException($"Route {Id} v{Version} has no stage '{id}'.");

    /// <summary>Where a command leads from a stage; the stage itself where the route says nothing.</summary>
    public string Target(string stage, string command, string outcome)
    {
        var to = Stage(stage).Commands.FirstOrDefault(c => c.Run == command)?.To
            ?? Anytime.FirstOrDefault(o => o.Run == command)?.To;
        return to is not null && to.TryGetValue(outcome, out var target) ? target : stage;
    }

    /// <summary>What may be run in a stage, and by which roles.</summary>
    public IEnumerable<(string Run, IReadOnlyList<Role> By)> Allowed(string stage) =>
        Stage(stage).Commands.Select(c => (c.Run, c.By)).Concat(Anytime.Where(o => o.In(stage)).Select(o => (o.Run, o.By)));
}

/// <param name="Acts">Whose desk the matter is on.</param>
/// <param name="Deadline">The id of a deadline rule of the committee, or null.</param>
/// <param name="Ends">Nothing leaves this stage.</param>
/// <param name="Main">On the main line, in the order shown.</param>
public sealed record RouteStage(
    string Id, Label Name, Role? Acts, string? Deadline, bool Ends, bool Main, IReadOnlyList<RouteStep> Commands);

/// <param name="To">Outcome → stage; empty when the command leaves the matter where it is.</param>
public sealed record RouteStep(string Run, IReadOnlyList<Role> By, IReadOnlyDictionary<string, string> To)
{
    /// <summary>The outcome of a command that has only one.</summary>
    public const string Done = "done";
}

/// <summary>A command that is possible in many stages: suspend, withdraw, extend.</summary>
/// <param name="Stages">The stages in which it is possible; empty means every stage that does not end.</param>
/// <param name="WhileSuspended">Also while the clock is stopped.</param>
public sealed record RouteOverlay(
    string Run, IReadOnlyList<Role> By, IReadOnlyList<string> Stages, IReadOnlyDictionary<string, string> To, bool WhileSuspended)
{
    public required IReadOnlySet<string> Ends { get; init; }

    public bool In(string stage) => Stages.Count > 0 ? Stages.Contains(stage) : !Ends.Contains(stage);
}

/// <summary>What follows by itself: on a fact, the system runs a command in the same transaction.</summary>
public sealed record RouteFollow(string On, string Run);
