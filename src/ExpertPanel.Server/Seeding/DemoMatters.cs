using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Deadlines;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Seeding;

/// <summary>
/// Brings the demo's matters to their stages: real commands and real timers in the order of a clock that begins in the past and ends now.
/// An interrupted run goes on where it stopped, because every matter is registered under a key of its own.
/// </summary>
internal sealed class DemoMatters(ServiceProvider processes, DemoClock clock, DemoStaff staff, Guid tenant, DateTimeOffset end)
{
    private const int TimersAtOnce = 100;

    private readonly DemoSteps steps = new(staff);
    private readonly ProcessRunner runner = processes.GetRequiredService<ProcessRunner>();
    private readonly PanelDbFactory databases = processes.GetRequiredService<PanelDbFactory>();

    /// <returns>How many acts were done.</returns>
    public async Task<int> RunAsync(IReadOnlyList<DemoMatter> plans, CancellationToken ct)
    {
        var calendar = processes.GetRequiredService<CalendarStore>().National;
        var agenda = new PriorityQueue<DemoJourney, (DateTimeOffset At, int Index)>();
        foreach (var way in plans.Select((plan, index) => new DemoJourney(plan, index, calendar, end))) agenda.Enqueue(way, (way.NextTime(), way.Index));

        if (agenda.TryPeek(out _, out var first)) clock.SetForward(first.At);
        clock.SetForward(await LastActAsync(ct));
        var acts = 0;
        while (agenda.TryDequeue(out var way, out var turn))
        {
            await PassAsync(turn.At, ct);
            var matter = await FindAsync(way, ct);
            if (matter is not null && IsThere(way, matter)) continue;
            if (NextAct(way, matter) is { } act)
            {
                await RunAsync(way, act, ct);
                acts++;
            }
            else if (turn.At >= end)
                throw new InvalidDataException($"seeds/demo/matters.json: '{way.Plan.Title}' can't reach '{way.Plan.GoTo}' from '{matter?.Stage}' in time; let it start earlier.");

            agenda.Enqueue(way, (way.NextTime(), way.Index));
        }

        await PassAsync(end, ct);
        await FireAsync(ct);
        return acts;
    }

    /// <summary>Where an interrupted run stopped; nobody acts before that.</summary>
    private async Task<DateTimeOffset> LastActAsync(CancellationToken ct)
    {
        await using var db = databases.Create(tenant);
        return await db.History.Where(h => h.StreamId != tenant).MaxAsync(h => (DateTimeOffset?)h.At, ct) ?? DateTimeOffset.MinValue;
    }

    private DemoAct? NextAct(DemoJourney way, Matter? matter)
    {
        var now = clock.GetUtcNow();
        if (matter is null) return steps.Registration(way, now);
        if (matter.Stage != way.Plan.GoTo) return steps.Next(way, matter, now);
        if (way.Further-- > 0) return steps.Next(way, matter, now);
        return steps.Last(way, ChinaTime.LocalDate(now));
    }

    private static bool IsThere(DemoJourney way, Matter matter) =>
        matter.Stage == way.Plan.GoTo && way.Further <= 0
        && (!way.Plan.Has("suspend") || matter.Suspension is not null)
        && (!way.Plan.Has("supervise") || matter.Slips.Any(s => s.By.Id != "system"));

    private async Task RunAsync(DemoJourney way, DemoAct act, CancellationToken ct)
    {
        var key = way.MatterId is null ? $"demo:{way.Index}" : null;
        var result = await runner.RunAsync(tenant, way.MatterId, act.Command, act.Actor, key, ct);
        if (result.Refusal is { } refusal)
            throw new InvalidDataException($"seeds/demo/matters.json: '{way.Plan.Title}': {act.Command.Name} was refused: {refusal.Code} {refusal.Message}");
        // What had come about before leaves the matter where it is: asked again it would be asked for ever.
        if (way.MatterId is not null && result.Facts.Count == 0)
            throw new InvalidDataException($"seeds/demo/matters.json: '{way.Plan.Title}': {act.Command.Name} changes nothing in '{result.Matter?.Stage}'");
        way.MatterId = result.Matter?.Id;
    }

    /// <summary>The last known state; timers may have changed it since the last act.</summary>
    private async Task<Matter?> FindAsync(DemoJourney way, CancellationToken ct)
    {
        if (way.MatterId is not { } id) return null;
        if (processes.GetRequiredService<MatterCache>().Find(id) is { } known) return known.Matter;
        await using var db = databases.Create(tenant);
        return JsonSerializer.Deserialize<Matter>(await db.Matters.Where(m => m.Id == id).Select(m => m.State).SingleAsync(ct), MatterCommands.Json);
    }

    /// <summary>Sets the clock forward; at each noon and midnight on the way the questions that fell due are put.</summary>
    private async Task PassAsync(DateTimeOffset until, CancellationToken ct)
    {
        for (var next = NextHalfDay(clock.GetUtcNow()); next <= until; next = NextHalfDay(next))
        {
            clock.SetForward(next);
            await FireAsync(ct);
        }

        clock.SetForward(until);
    }

    private async Task FireAsync(CancellationToken ct)
    {
        var timers = processes.GetRequiredService<TimerRunner>();
        while (await timers.FireDueAsync(TimersAtOnce, ct) > 0) continue;
    }

    private static DateTimeOffset NextHalfDay(DateTimeOffset at)
    {
        var local = at.ToOffset(ChinaTime.Offset);
        var midnight = ChinaTime.At(ChinaTime.LocalDate(at), 0);
        return local.Hour < 12 ? midnight.AddHours(12) : midnight.AddDays(1);
    }
}
