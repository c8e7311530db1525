using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>
/// Puts each due question to its matter; the state answers. A question asked twice (two nodes, a crash in between) is harmless: what it
/// causes carries the timer's key and acts once. A question to a suspended matter is put again the next day.
/// </summary>
public sealed class TimerRunner(PanelDbFactory databases, ProcessRunner runner, TimeProvider clock, ILogger<TimerRunner> log)
{
    private readonly Actor timerActor = Actor.System("timer");

    /// <returns>How many timers were asked.</returns>
    public async Task<int> FireDueAsync(int most, CancellationToken ct)
    {
        List<TenantWork> due;
        var now = clock.GetUtcNow();
        using (await databases.Gate.EnterAsync(ct))
        {
            await using var db = await databases.CreateWriterAsync(Guid.Empty, ct);
            due = await CrossTenant.DueTimersAsync(db, now, most, ct);
        }

        foreach (var committee in due.GroupBy(w => w.TenantId)) await FireAsync(committee.Key, committee.Select(w => w.Id).ToHashSet(), now, most, ct);
        return due.Count;
    }

    private async Task FireAsync(Guid tenant, HashSet<Guid> ids, DateTimeOffset now, int most, CancellationToken ct)
    {
        var timers = new List<TimerRow>(ids.Count);
        using (await databases.Gate.EnterAsync(ct))
        {
            // The committee's first by due time and id hold its share of everybody's first; which of them is whose turn is said already.
            await using var db = await databases.CreateWriterAsync(tenant, ct);
            await foreach (var timer in StepQueries.DueTimersAsync(db, now, most).WithCancellation(ct))
                if (ids.Contains(timer.Id)) timers.Add(timer);
        }

        List<Guid> over = [], postponed = [];
        foreach (var timer in timers)
        {
            var command = MatterCommands.Read(timer.Command, timer.Body);
            if (await runner.ChangesNothingAsync(tenant, timer.MatterId, command, timerActor, ct))
            {
                over.Add(timer.Id);
                continue;
            }

            var result = await runner.RunAsync(tenant, timer.MatterId, command, timerActor, $"timer:{timer.Id:N}", ct, timer.Id);
            if (result.Refusal is { Code: "matter.suspended" }) postponed.Add(timer.Id);
            else if (result.Facts.Count == 0) over.Add(timer.Id);
            if (result.Refusal is { } refusal) log.LogDebug("Timer {Timer} {Command}: {Outcome}", timer.Id, timer.Command, refusal.Code);
        }

        if (over.Count + postponed.Count > 0) await SettleAsync(tenant, over, postponed, ct);
    }

    /// <summary>What caused nothing wrote nothing; here all such timers of a batch are marked at once.</summary>
    private async Task SettleAsync(Guid tenant, List<Guid> over, List<Guid> postponed, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = await databases.CreateWriterAsync(tenant, ct);
        var now = HistoryChain.Storable(clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var timer in over) await StepStatements.SettleTimerAsync(db, timer, now, ct);
        if (postponed.Count > 0)
            await db.Timers.Where(t => postponed.Contains(t.Id)).ExecuteUpdateAsync(s => s.SetProperty(t => t.DueAt, now.AddDays(1)), ct);
        await transaction.CommitAsync(ct);
    }
}
