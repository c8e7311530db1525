using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>
/// Load, decide, save: one command, what follows from it by itself, and all their history, timers and letters in exactly one database
/// transaction. A lost race is tried again; a key that acted before does nothing again.
/// </summary>
public sealed class ProcessRunner(PanelDbFactory databases, StepPreparation preparation, StepWriter writer, MatterCache cache, IRouteDriver driver, TimeProvider clock, ILogger<ProcessRunner> log)
{
    private const int Tries = 12;

    /// <summary>A route that keeps calling itself is a fault, not work.</summary>
    private const int MostFollowing = 20;

    /// <param name="matterId">The matter; null for an opening command.</param>
    /// <param name="idempotencyKey">The same key acts once; unique within the committee.</param>
    /// <param name="timerId">The timer that asks; marked as fired in the same transaction.</param>
    /// <param name="alongside">What else is written in the same transaction, where the command writes something.</param>
    public async Task<StepResult> RunAsync(
        Guid tenantId, Guid? matterId, MatterCommand command, Actor actor, string? idempotencyKey, CancellationToken ct, Guid? timerId = null,
        Func<PanelDb, CancellationToken, Task>? alongside = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var turn = await databases.Gate.EnterAsync(ct);
                await using var db = await databases.CreateWriterAsync(tenantId, ct);
                if (await StepAsync(db, matterId, command, actor, idempotencyKey, timerId, alongside, fromMemory: attempt == 1, ct) is { } result) return result;
                if (matterId is { } remembered) cache.Forget(remembered);
            }
            catch (DbUpdateException race) when (attempt < Tries && (race is DbUpdateConcurrencyException || DatabaseFaults.IsRace(race)))
            {
                if (matterId is { } stale) cache.Forget(stale);
                log.LogInformation("Step {Command} lost a race, try {Attempt}", command.Name, attempt);
                await Task.Delay(TimeSpan.FromMilliseconds(attempt * 7), clock, ct);
            }
        }
    }

    /// <summary>
    /// Whether the command is already so: nine of ten timers ask about what has long been answered, and such a question needs no transaction.
    /// </summary>
    public async Task<bool> ChangesNothingAsync(Guid tenantId, Guid matterId, MatterCommand command, Actor actor, CancellationToken ct)
    {
        if (cache.Find(matterId) is not { } known || known.Row.TenantId != tenantId || !command.AlreadyDone(known.Matter, actor)) return false;
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = await databases.CreateWriterAsync(tenantId, ct);
        return await StepQueries.VersionAsync(db, matterId) == known.Row.Version;
    }

    /// <returns>Null where a remembered state led to nothing that a save would prove: to be asked again of the database.</returns>
    private async Task<StepResult?> StepAsync(
        PanelDb db, Guid? matterId, MatterCommand command, Actor actor, string? idempotencyKey, Guid? timerId, Func<PanelDb, CancellationToken, Task>? alongside, bool fromMemory, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = HistoryChain.Storable(clock.GetUtcNow());
        if (idempotencyKey is not null && await writer.ActedBeforeAsync(db, idempotencyKey, ct) is { } done) return done;

        var step = await preparation.LoadAsync(db, matterId, command, actor, now, fromMemory, ct);
        var decision = MatterProcess.Decide(step.Matter, command, step.Context);
        if (fromMemory && matterId is { } asked && decision.Events.Count == 0 && cache.Find(asked) is not null && await StepQueries.VersionAsync(db, asked) != step.Stored?.Version)
            return null;
        if (decision.Refusal is { } refusal) return new(step.Matter, [], refusal);

        var facts = new List<MatterEvent>();
        await writer.WriteAsync(db, step, command, decision, idempotencyKey, ct);
        facts.AddRange(decision.Events);
        await FollowAsync(db, step, decision.Events, facts, ct);
        if (!step.HasWritten) return new(step.Matter, [], null);
        await StepWriter.SaveMatterAsync(db, step, ct);
        if (timerId is { } timer) await StepWriter.MarkFiredAsync(db, timer, now, "acted", ct);
        if (alongside is not null)
        {
            await alongside(db, ct);
            await db.SaveChangesAsync(ct); // What the step itself writes is written already.
        }

        await transaction.CommitAsync(ct);
        if (step is { Row: { } row, Matter: { } matter } && facts.Count > 0) cache.Keep(row, matter);
        return new(step.Matter, facts, null);
    }

    private async Task FollowAsync(PanelDb db, LoadedStep step, IReadOnlyList<MatterEvent> news, List<MatterEvent> facts, CancellationToken ct)
    {
        var waiting = new Queue<MatterCommand>(Next(step, news));
        for (var count = 0; waiting.TryDequeue(out var following); count++)
        {
            if (count == MostFollowing) throw new InvalidOperationException($"Route {step.Context.Route.Id} never comes to rest after {following.Name}.");
            await preparation.PrepareAsync(db, step, following, Actor.System("route"), ct);
            var decision = MatterProcess.Decide(step.Matter, following, step.Context);
            if (decision.Refusal is { } refusal)
            {
                // What follows by itself waits where it can't be done; a person sees the stage and acts.
                log.LogInformation("Following {Command} was refused: {Code}", following.Name, refusal.Code);
                continue;
            }

            await writer.WriteAsync(db, step, following, decision, null, ct);
            facts.AddRange(decision.Events);
            foreach (var next in Next(step, decision.Events)) waiting.Enqueue(next);
        }
    }

    private IEnumerable<MatterCommand> Next(LoadedStep step, IReadOnlyList<MatterEvent> news) =>
        step.Matter is null || news.Count == 0 ? [] : driver.Follow(step.Context.Route, step.Matter, news);
}
