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
        await using (var db = databases.Create(Guid.Empty)) due = await CrossTenant.DueTimersAsync(db, clock.GetUtcNow(), most, ct);
        foreach (var committee in due.GroupBy(w => w.TenantId)) await FireAsync(committee.Key, [.. committee.Select(w => w.Id)], ct);
        return due.Count;
    }

    private async Task FireAsync(Guid tenant, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        List<TimerRow> timers;
        await using (var db = databases.Create(tenant))
            timers = await db.Timers.AsNoTracking().Where(t => ids.Contains(t.Id) && t.FiredAt == null).OrderBy(t => t.DueAt).ThenBy(t => t.Id).ToListAsync(ct);
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
        await using var db = databases.Create(tenant);
        var now = HistoryChain.Storable(clock.GetUtcNow());
        if (over.Count > 0)
            await db.Timers.Where(t => over.Contains(t.Id) && t.FiredAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(t => t.FiredAt, now).SetProperty(t => t.Outcome, "nothing"), ct);
        if (postponed.Count > 0)
            await db.Timers.Where(t => postponed.Contains(t.Id)).ExecuteUpdateAsync(s => s.SetProperty(t => t.DueAt, now.AddDays(1)), ct);
    }
}
