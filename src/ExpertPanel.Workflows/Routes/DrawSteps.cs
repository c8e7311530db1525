using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Workflows.Routes;

/// <summary>
/// What a draw needs of any route, however old: values committed and shown by two persons or read where they are published, near matches
/// decided, a draw given up by two. A route written before these commands gets them where it draws, as older rules get their defaults:
/// a matter stays on the route it began with and still is never stuck before its draw.
/// </summary>
public static class DrawSteps
{
    private static readonly string Prepare = MatterCommands.NameOf(typeof(PrepareDraw));
    private static readonly string Draw = MatterCommands.NameOf(typeof(DrawPanel));
    private static readonly string Beacon = MatterCommands.NameOf(typeof(BeaconKnown));
    private static readonly Role[] Sides = [Role.Secretariat, Role.AuditAdministrator];

    private static readonly RouteStep Conflict = Step(typeof(DecideConflict), Role.Secretariat, Role.DivisionHead);

    /// <summary>The route itself where nothing is missing.</summary>
    public static Route Complete(Route route)
    {
        if (route.Stages.FirstOrDefault(s => Runs(s, Prepare)) is not { } prepares || !route.Stages.Any(s => Runs(s, Draw))) return route;
        List<RouteStep> drawing =
        [
            Step(typeof(CommitShare), Sides), Step(typeof(RevealShare), Sides), Step(typeof(EnterBeacon), Sides), Conflict,
            Step(typeof(RequestRedraw), Role.CaseHandler, Role.Secretariat),
            Step(typeof(DecideRedraw), Role.DivisionHead, Role.Leader) with { To = new Dictionary<string, string> { [RouteStep.Done] = prepares.Id } },
        ];
        var opinion = MatterCommands.NameOf(typeof(SubmitOpinion));
        var stages = route.Stages.Select(s => Runs(s, Draw) ? With(Automatic(s), drawing) : Runs(s, Prepare) || Runs(s, opinion) ? With(s, [Conflict]) : s).ToList();
        var follows = route.Follows.Any(f => f.On == Beacon && f.Run == Draw) ? route.Follows : [new RouteFollow(Beacon, Draw), .. route.Follows];
        return stages.SequenceEqual(route.Stages, ReferenceEqualityComparer.Instance) && ReferenceEquals(follows, route.Follows) ? route : route with { Stages = stages, Follows = follows };
    }

    private static RouteStage With(RouteStage stage, IReadOnlyList<RouteStep> needed)
    {
        var missing = needed.Where(n => !Runs(stage, n.Run)).ToList();
        return missing.Count == 0 ? stage : stage with { Commands = [.. missing, .. stage.Commands] };
    }

    /// <summary>The draw follows by itself, so the program must be let.</summary>
    private static RouteStage Automatic(RouteStage stage) => stage.Commands.Any(c => c.Run == Draw && !c.By.Contains(Role.System))
        ? stage with { Commands = [.. stage.Commands.Select(c => c.Run == Draw && !c.By.Contains(Role.System) ? c with { By = [Role.System, .. c.By] } : c)] }
        : stage;

    private static bool Runs(RouteStage stage, string command) => stage.Commands.Any(c => c.Run == command);

    private static RouteStep Step(Type command, params IReadOnlyList<Role> by) => new(MatterCommands.NameOf(command), by, new Dictionary<string, string>());
}
