using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Routes;

namespace ExpertPanel.Server.Pages.Matters;

public enum StopState
{
    Done,
    Current,
    Ahead,

    /// <summary>The matter went past without stopping here.</summary>
    Skipped,
}

/// <summary>A stage as the page draws it.</summary>
public sealed record RouteStop(string Id, string Name, StopState State, bool Aside);

/// <summary>流程图: the main stages in their order with the matter's place among them; side ways only where it took them.</summary>
public static class MatterRoute
{
    /// <param name="entered">The stages the matter entered, in order, from its history.</param>
    public static IReadOnlyList<RouteStop> Of(Matter matter, Route route, IReadOnlyList<string> entered)
    {
        var main = route.Stages.Where(s => s.Main).ToList();
        var visited = entered.ToHashSet(StringComparer.Ordinal);
        var (sideWays, last) = SideWays(route, entered);
        var position = main.FindIndex(s => s.Id == last);
        var here = route.Stage(matter.Stage);
        var over = here is { Ends: true, Main: false };
        var stops = new List<RouteStop>();
        for (var i = 0; i < main.Count; i++)
        {
            var state = main[i].Id == matter.Stage ? here.Ends ? StopState.Done : StopState.Current
                : i > position ? StopState.Ahead
                : visited.Contains(main[i].Id) ? StopState.Done : StopState.Skipped;
            // Where the matter ended on a side way, what would have come is no longer ahead of it.
            if (!(over && state == StopState.Ahead)) stops.Add(Stop(main[i], state));
            stops.AddRange(sideWays.GetValueOrDefault(main[i].Id, []).Select(s => Stop(s, s.Id == matter.Stage && !s.Ends ? StopState.Current : StopState.Done)));
        }

        return stops;
    }

    private static RouteStop Stop(RouteStage stage, StopState state) => new(stage.Id, Words.Of(stage.Name), state, !stage.Main);

    private static (Dictionary<string, List<RouteStage>> After, string Last) SideWays(Route route, IReadOnlyList<string> entered)
    {
        var after = new Dictionary<string, List<RouteStage>>(StringComparer.Ordinal);
        var last = route.First;
        foreach (var id in entered)
        {
            if (route.Stages.FirstOrDefault(s => s.Id == id) is not { } stage) continue;
            if (stage.Main) last = id;
            else if (!after.TryGetValue(last, out var taken)) after[last] = [stage];
            else if (!taken.Contains(stage)) taken.Add(stage);
        }

        return (after, last);
    }
}
