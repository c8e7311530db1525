using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;

namespace ExpertPanel.Workflows.Routes;

/// <summary>Finds each fault of a route: in its graph, in its words, and where it would break the legal floor.</summary>
public static class RouteValidator
{
    public static IReadOnlyList<string> Faults(Route route) =>
        [.. Words(route), .. Graph(route), .. LegalFloor(route)];

    private static IEnumerable<string> Words(Route route)
    {
        foreach (var twice in route.Stages.GroupBy(s => s.Id).Where(g => g.Count() > 1))
            yield return $"stages.{twice.Key}: a stage id may stand only once";
        var stages = route.Stages.Select(s => s.Id).ToHashSet();
        if (!stages.Contains(route.First)) yield return $"first: '{route.First}' is not a stage";
        if (!stages.Contains(RegisterCorrection.FirstStage)) yield return $"stages.{RegisterCorrection.FirstStage}: missing stage; a correction begins there";

        var steps = route.Stages.SelectMany(s => s.Commands.Select(c => (Path: $"stages.{s.Id}.{c.Run}", c.Run, c.To)))
            .Concat(route.Anytime.Select(o => (Path: $"anytime.{o.Run}", o.Run, o.To)));
        foreach (var (path, run, to) in steps)
        {
            if (!MatterCommands.Commands.ContainsKey(run))
            {
                yield return $"{path}: '{run}' is not a command";
                continue;
            }

            foreach (var (outcome, target) in to)
            {
                if (!stages.Contains(target)) yield return $"{path}.to.{outcome}: '{target}' is not a stage";
                if (!MatterCommands.Outcomes(run).Contains(outcome))
                    yield return $"{path}.to.{outcome}: '{run}' has no such outcome; it has {string.Join(", ", MatterCommands.Outcomes(run))}";
            }

            foreach (var missing in MatterCommands.Outcomes(run).Where(o => to.Count > 0 && !to.ContainsKey(o)))
                yield return $"{path}.to: the outcome '{missing}' has no target";
        }

        foreach (var unknown in route.Anytime.SelectMany(o => o.Stages.Select(s => (o.Run, Stage: s))).Where(x => !stages.Contains(x.Stage)))
            yield return $"anytime.{unknown.Run}.in: '{unknown.Stage}' is not a stage";
        foreach (var follow in route.Follows)
        {
            if (!MatterCommands.Events.ContainsKey(follow.On)) yield return $"follows.{follow.On}: '{follow.On}' is not a fact";
            if (!MatterCommands.Commands.ContainsKey(follow.Run)) yield return $"follows.{follow.On}.run: '{follow.Run}' is not a command";
            else if (!Runs(route, follow.Run).Any(r => r.By.Contains(Role.System))) yield return $"follows.{follow.On}.run: no stage lets the system run '{follow.Run}'";
        }
    }

    private static IEnumerable<string> Graph(Route route)
    {
        var reached = Reach(route, [route.First], _ => true);
        foreach (var stage in route.Stages)
        {
            if (!reached.Contains(stage.Id)) yield return $"stages.{stage.Id}: no way leads here from '{route.First}'";
            var leaves = stage.Commands.Any(c => c.To.Values.Any(t => t != stage.Id));
            if (stage.Ends && leaves) yield return $"stages.{stage.Id}: ends, but a command leaves it";
            if (!stage.Ends && !leaves) yield return $"stages.{stage.Id}: no exit; a stage that does not end needs a command that leaves it";
            if (!stage.Ends && stage.Acts is null) yield return $"stages.{stage.Id}.acts: missing role; somebody must have the matter on the desk";
            if (!stage.Ends && leaves && !Reach(route, [stage.Id], _ => true).Any(id => route.Stages.Any(s => s.Id == id && s.Ends)))
                yield return $"stages.{stage.Id}: no way leads from here to an end";
        }
    }

    /// <summary>What no committee can edit away (713号令 arts. 20, 25, 28; GB/T 9704 numbering after sign-off).</summary>
    private static IEnumerable<string> LegalFloor(Route route)
    {
        var (verify, sign, issue) = (MatterCommands.NameOf(typeof(VerifyDraft)), MatterCommands.NameOf(typeof(SignOpinion)), MatterCommands.NameOf(typeof(IssueOpinion)));
        var (draw, invite) = (MatterCommands.NameOf(typeof(DrawPanel)), MatterCommands.NameOf(typeof(InviteExperts)));

        foreach (var needed in new[] { verify, sign, issue, draw, invite }.Where(n => !Runs(route, n).Any()))
            yield return $"floor: the route never runs '{needed}'";
        if (Avoids(route, sign, issue)) yield return "floor.no-issue-without-sign-off: an opinion could be issued without sign-off (713号令 art. 25)";
        if (Avoids(route, verify, sign)) yield return "floor.no-sign-off-without-verification: a draft could be signed without verification";
        if (Avoids(route, draw, invite)) yield return "floor.no-seat-without-draw: an expert could be invited without a draw (713号令 art. 20)";

        foreach (var (stage, by) in Runs(route, sign))
            if (by.Any(r => r is not Role.Leader)) yield return $"floor.sign-off: stage '{stage}' lets somebody other than the leader sign";
        foreach (var (stage, by) in Runs(route, verify))
            if (by.Any(r => r is Role.CaseHandler or Role.System)) yield return $"floor.three-persons: stage '{stage}' lets the case handler or the program itself verify";
        foreach (var (stage, by) in Runs(route, MatterCommands.NameOf(typeof(DecideRedraw))))
            if (by.Any(r => r is not (Role.DivisionHead or Role.Leader))) yield return $"floor.redraw: stage '{stage}' lets somebody below the division head approve a second draw";
        foreach (var name in new[] { MatterCommands.NameOf(typeof(ConsultUnits)), MatterCommands.NameOf(typeof(RecordConsultationReply)) })
            if (route.Stages.SelectMany(s => s.Commands).Any(c => c.Run == name && c.To.Count > 0))
                yield return $"floor.consultation-is-not-review: '{name}' moves the matter on (713号令 art. 25)";
    }

    private static IEnumerable<(string Stage, IReadOnlyList<Role> By)> Runs(Route route, string command) =>
        route.Stages.SelectMany(s => s.Commands.Where(c => c.Run == command).Select(c => (s.Id, c.By)))
            .Concat(route.Anytime.Where(o => o.Run == command).Select(o => ("anytime", o.By)));

    /// <summary>Whether a stage that runs <paramref name="later"/> can be reached without ever running <paramref name="first"/>.</summary>
    private static bool Avoids(Route route, string first, string later)
    {
        var without = Reach(route, [route.First], run => run != first);
        return route.Stages.Any(s => without.Contains(s.Id) && s.Commands.Any(c => c.Run == later))
            || route.Anytime.Any(o => o.Run == later);
    }

    private static HashSet<string> Reach(Route route, IEnumerable<string> from, Func<string, bool> through)
    {
        var reached = from.ToHashSet();
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var id))
        {
            var stage = route.Stages.FirstOrDefault(s => s.Id == id);
            if (stage is null) continue;
            var targets = stage.Commands.Where(c => through(c.Run)).SelectMany(c => c.To.Values)
                .Concat(route.Anytime.Where(o => through(o.Run) && o.In(id)).SelectMany(o => o.To.Values));
            foreach (var target in targets.Where(reached.Add)) open.Enqueue(target);
        }

        return reached;
    }
}
