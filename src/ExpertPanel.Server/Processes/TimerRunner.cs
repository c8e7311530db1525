using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>Puts each due question to its matter. The state answers; a question to a suspended matter is put again the next day.</summary>
public sealed class TimerRunner(PanelDbFactory databases, ProcessRunner runner, TimeProvider clock, ILogger<TimerRunner> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly string Me = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <returns>How many timers were asked.</returns>
    public async Task<int> FireDueAsync(int most, CancellationToken ct)
    {
        List<TenantWork> due;
        await using (var db = databases.Create(Guid.Empty)) due = await CrossTenant.DueTimersAsync(db, clock.GetUtcNow(), most, ct);
        var asked = 0;
        foreach (var work in due) asked += await FireAsync(work, ct) ? 1 : 0;
        return asked;
    }

    private async Task<bool> FireAsync(TenantWork work, CancellationToken ct)
    {
        if (await ClaimAsync(work, ct) is not { } timer) return false;
        var command = MatterCommands.Read(timer.Command, timer.Body);
        var result = await runner.RunAsync(work.TenantId, timer.MatterId, command, Actor.System("timer"), $"timer:{work.Id:N}", ct, work.Id);
        if (result.Refusal is null && !result.Repeated) return true;

        // Refused or repeated: the transaction left the timer as it was; say here what became of it.
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(work.TenantId);
        var now = clock.GetUtcNow();
        if (result.Refusal is { Code: "matter.suspended" })
            await db.Timers.Where(t => t.Id == work.Id).ExecuteUpdateAsync(s => s.SetProperty(t => t.DueAt, now.AddDays(1)).SetProperty(t => t.ClaimedUntil, (DateTimeOffset?)null), ct);
        else
            await StepWriter.MarkFiredAsync(db, work.Id, now, result.Refusal?.Code ?? "repeated", ct);
        log.LogInformation("Timer {Timer} {Command}: {Outcome}", work.Id, timer.Command, result.Refusal?.Code ?? "repeated");
        return true;
    }

    private async Task<TimerRow?> ClaimAsync(TenantWork work, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(work.TenantId);
        var now = clock.GetUtcNow();
        var won = await db.Timers.Where(t => t.Id == work.Id && t.FiredAt == null && (t.ClaimedUntil == null || t.ClaimedUntil < now))
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.ClaimedBy, Me).SetProperty(t => t.ClaimedUntil, now + Lease), ct) == 1;
        return won ? await db.Timers.AsNoTracking().SingleAsync(t => t.Id == work.Id, ct) : null;
    }
}
