namespace ExpertPanel.Workflows.Routes;

/// <summary>In what one version of a route differs from another.</summary>
public enum RouteChange
{
    StageAdded,
    StageRemoved,
    StageRenamed,

    /// <summary>Another role has the stage on the desk.</summary>
    DeskChanged,
    LimitChanged,

    /// <summary>A stage came to the main line, left it, or became an end.</summary>
    PlaceChanged,
    CommandAdded,
    CommandRemoved,
    RolesChanged,
    TargetsChanged,

    /// <summary>The stages in which a command is possible at any time.</summary>
    StagesChanged,
    SuspensionChanged,
    FollowAdded,
    FollowRemoved,
    FirstChanged,
}

/// <summary>One difference, with ids of stages, commands, facts and limits, and names of roles.</summary>
/// <param name="Stage">None for a command that is possible at any time and for what follows by itself.</param>
/// <param name="Subject">The command; for what follows, too.</param>
/// <param name="Fact">On which something follows.</param>
public sealed record RouteDifference(RouteChange Change, string? Stage, string? Subject, IReadOnlyList<string> Before, IReadOnlyList<string> After, string? Fact = null);

/// <summary>Compares a committee's route with the one the program brings, by what they say: the order of commands says nothing.</summary>
public static class RouteUpdate
{
    public static IReadOnlyList<RouteDifference> Differences(Route own, Route shipped) =>
    [
        .. own.First == shipped.First ? [] : new[] { new RouteDifference(RouteChange.FirstChanged, null, null, [own.First], [shipped.First]) },
        .. Stages(own, shipped),
        .. Anytime(own, shipped),
        .. shipped.Follows.Except(own.Follows).Select(f => new RouteDifference(RouteChange.FollowAdded, null, f.Run, [], [], f.On)),
        .. own.Follows.Except(shipped.Follows).Select(f => new RouteDifference(RouteChange.FollowRemoved, null, f.Run, [], [], f.On)),
    ];

    private static IEnumerable<RouteDifference> Stages(Route own, Route shipped)
    {
        foreach (var stage in shipped.Stages)
        {
            var before = own.Stages.FirstOrDefault(s => s.Id == stage.Id);
            if (before is null) yield return new(RouteChange.StageAdded, stage.Id, null, [], []);
            else foreach (var difference in Itself(before, stage)) yield return difference;
            foreach (var difference in Commands(stage.Id, before?.Commands ?? [], stage.Commands)) yield return difference;
        }

        foreach (var gone in own.Stages.ExceptBy(shipped.Stages.Select(s => s.Id), s => s.Id)) yield return new(RouteChange.StageRemoved, gone.Id, null, [], []);
    }

    private static IEnumerable<RouteDifference> Itself(RouteStage before, RouteStage after)
    {
        if (before.Name != after.Name) yield return new(RouteChange.StageRenamed, after.Id, null, [before.Name.Zh, before.Name.En], [after.Name.Zh, after.Name.En]);
        if (before.Acts != after.Acts) yield return new(RouteChange.DeskChanged, after.Id, null, Names(before.Acts), Names(after.Acts));
        if (before.Deadline != after.Deadline) yield return new(RouteChange.LimitChanged, after.Id, null, Text(before.Deadline), Text(after.Deadline));
        if ((before.Ends, before.Main) != (after.Ends, after.Main)) yield return new(RouteChange.PlaceChanged, after.Id, null, [], []);
    }

    private static IEnumerable<RouteDifference> Commands(string stage, IReadOnlyList<RouteStep> before, IReadOnlyList<RouteStep> after) =>
        after.SelectMany(a => before.FirstOrDefault(b => b.Run == a.Run) is { } b
            ? Command(stage, a.Run, (b.By, b.To), (a.By, a.To))
            : [new(RouteChange.CommandAdded, stage, a.Run, [], Names(a.By))])
        .Concat(before.ExceptBy(after.Select(a => a.Run), b => b.Run).Select(b => new RouteDifference(RouteChange.CommandRemoved, stage, b.Run, Names(b.By), [])));

    private static IEnumerable<RouteDifference> Anytime(Route own, Route shipped)
    {
        foreach (var after in shipped.Anytime)
        {
            if (own.Anytime.FirstOrDefault(o => o.Run == after.Run) is not { } before)
            {
                yield return new(RouteChange.CommandAdded, null, after.Run, [], Names(after.By));
                continue;
            }

            foreach (var difference in Command(null, after.Run, (before.By, before.To), (after.By, after.To))) yield return difference;
            if (!before.Stages.ToHashSet().SetEquals(after.Stages)) yield return new(RouteChange.StagesChanged, null, after.Run, before.Stages, after.Stages);
            if (before.WhileSuspended != after.WhileSuspended) yield return new(RouteChange.SuspensionChanged, null, after.Run, Text(before.WhileSuspended), Text(after.WhileSuspended));
        }

        foreach (var gone in own.Anytime.ExceptBy(shipped.Anytime.Select(o => o.Run), o => o.Run)) yield return new(RouteChange.CommandRemoved, null, gone.Run, Names(gone.By), []);
    }

    private static IEnumerable<RouteDifference> Command(
        string? stage, string run, (IReadOnlyList<Role> By, IReadOnlyDictionary<string, string> To) before, (IReadOnlyList<Role> By, IReadOnlyDictionary<string, string> To) after)
    {
        if (!before.By.ToHashSet().SetEquals(after.By)) yield return new(RouteChange.RolesChanged, stage, run, Names(before.By), Names(after.By));
        if (!before.To.ToHashSet().SetEquals(after.To)) yield return new(RouteChange.TargetsChanged, stage, run, [.. before.To.Values.Distinct()], [.. after.To.Values.Distinct()]);
    }

    private static IReadOnlyList<string> Names(IEnumerable<Role> roles) => [.. roles.Select(r => r.ToString())];

    private static IReadOnlyList<string> Names(Role? role) => role is { } one ? [one.ToString()] : [];

    private static IReadOnlyList<string> Text(string? id) => id is null ? [] : [id];

    private static IReadOnlyList<string> Text(bool possible) => possible ? ["true"] : [];
}
