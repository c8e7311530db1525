using System.Text;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>The domain part of our Message-IDs and reply addresses.</summary>
public sealed record MailIdentity(string Domain);

/// <summary>Turns a decision into rows: state, history, timers, letters, invitations, draw evidence. It saves nothing itself but a number's row.</summary>
public sealed class StepWriter(ReplyTokens tokens, MailIdentity identity, StepChance chance, DrawSecrets secrets)
{
    private static readonly string[] MatterKey = [nameof(MatterRow.Id), nameof(MatterRow.Version)];

    private long lettersWritten;

    /// <summary>How many letters this process has written so far, committed or not: who sees the same number as before has nothing new to send.</summary>
    public long LettersWritten => Interlocked.Read(ref lettersWritten);

    public async Task WriteAsync(PanelDb db, LoadedStep step, MatterCommand command, Decision decision, string? idempotencyKey, CancellationToken ct)
    {
        step.HasWritten |= decision.Events.Count + decision.Timers.Count + decision.Letters.Count > 0;
        if (decision.Events.Count > 0) await WriteFactsAsync(db, step, command, decision, idempotencyKey, ct);
        if (step.Matter is not { } matter) return;
        foreach (var timer in decision.Timers)
            await PreparedWrites.InsertAsync(db, new TimerRow
            {
                Id = chance.NewId(step.Context.Now),
                MatterId = matter.Id,
                DueAt = HistoryChain.Storable(timer.At),
                Command = timer.Command.Name,
                Body = MatterCommands.Write(timer.Command),
            }, ct);
        if (decision.Letters.Count > 0) await WriteLettersAsync(db, step, matter, decision.Letters, ct);
        if (decision.Draw is { } draw) await WriteDrawAsync(db, matter, draw, step.Context.Now, ct);
        if (decision.Events.Any(e => e is MatterResumed or MatterEnded || e.GetType().Namespace == typeof(Invitation).Namespace))
            await WriteInvitationsAsync(db, matter, ct);
    }

    public async Task<StepResult?> ActedBeforeAsync(PanelDb db, string key, CancellationToken ct)
    {
        if (await StepQueries.ActedBeforeAsync(db, key) is not { } stream) return null;
        var state = await db.Matters.Where(m => m.Id == stream).Select(m => m.State).SingleOrDefaultAsync(ct);
        return new(state is null ? null : JsonSerializer.Deserialize<Matter>(state, MatterCommands.Json), [], null, Repeated: true);
    }

    public static Task MarkFiredAsync(PanelDb db, Guid timerId, DateTimeOffset now, string outcome, CancellationToken ct) =>
        PreparedWrites.UpdateAsync(
            db, new TimerRow { Id = timerId, TenantId = db.TenantId, FiredAt = now, Outcome = outcome }, new TimerRow { Id = timerId, TenantId = db.TenantId }, [nameof(TimerRow.Id)], ct);

    private static async Task WriteFactsAsync(PanelDb db, LoadedStep step, MatterCommand command, Decision decision, string? idempotencyKey, CancellationToken ct)
    {
        var (before, context) = (step.Matter?.Stage ?? "", step.Context);
        var matter = (step.Matter ?? Matter.Unborn).Apply(decision.Events);
        step.Row ??= new() { Id = matter.Id, HistoryHead = HistoryChain.Genesis };
        step.Matter = matter;
        step.State = JsonSerializer.SerializeToUtf8Bytes(matter, MatterCommands.Json);
        step.Row.Version++;
        MatterProjection.Project(step.Row, matter, context.Route);
        var history = new HistoryRow
        {
            TenantId = db.TenantId,
            StreamId = matter.Id,
            Sequence = step.Row.Version,
            At = context.Now,
            ActorId = context.Actor.Id,
            ActorName = context.Actor.Name,
            OnBehalfOf = context.Actor.OnBehalfOf?.Name,
            Origin = context.Actor.Origin,
            Command = command.Name,
            Facts = JsonSerializer.Serialize(decision.Events.Select(e => new { type = e.Name, data = (object)e }), MatterCommands.Json),
            Before = before,
            After = matter.Stage,
            StateHash = HistoryChain.HashOf(step.State),
            IdempotencyKey = idempotencyKey,
        };
        HistoryChain.Seal(history, step.Row.HistoryHead);
        step.Row.HistoryHead = history.Hash;
        await PreparedWrites.InsertAsync(db, history, ct);
    }

    /// <summary>Writes the matter once, after all facts of the transaction.</summary>
    public static Task SaveMatterAsync(PanelDb db, LoadedStep step, CancellationToken ct)
    {
        if (step is not { Row: { } row, State: { } state }) return Task.CompletedTask;
        row.State = Encoding.UTF8.GetString(state);
        return step.Stored is { } stored ? PreparedWrites.UpdateAsync(db, row, stored, MatterKey, ct) : PreparedWrites.InsertAsync(db, row, ct);
    }

    private async Task WriteLettersAsync(PanelDb db, LoadedStep step, Matter matter, IReadOnlyList<LetterDue> letters, CancellationToken ct)
    {
        foreach (var letter in letters)
        {
            var id = chance.NewId(step.Context.Now);
            var address = letter.To.Address ?? (letter.To.ExpertId is { } expert ? await StepQueries.AddressAsync(db, expert) : null);
            await PreparedWrites.InsertAsync(db, new LetterRow
            {
                Id = id,
                MatterId = matter.Id,
                InvitationId = letter.InvitationId,
                ExpertId = letter.To.ExpertId,
                Kind = letter.Kind,
                ToName = letter.To.Name,
                ToAddress = address ?? "",
                Facts = JsonSerializer.Serialize(letter.Facts, MatterCommands.Json),
                MessageId = $"{id:N}@{identity.Domain}",
                CreatedAt = step.Context.Now,
                NextAttemptAt = step.Context.Now,
                FailedAt = address is null ? step.Context.Now : null,
                LastError = address is null ? "没有登记的收信地址" : null,
            }, ct);
        }

        Interlocked.Add(ref lettersWritten, letters.Count);
    }

    /// <summary>What was frozen is written once; the draw itself adds the transcript and nothing else.</summary>
    private Task WriteDrawAsync(PanelDb db, Matter matter, DrawEvidence draw, DateTimeOffset now, CancellationToken ct) => draw.TranscriptJson is { } transcript
        ? PreparedWrites.UpdateAsync(db, new DrawRow { Id = draw.DrawId, TenantId = db.TenantId, Transcript = transcript }, new DrawRow { Id = draw.DrawId, TenantId = db.TenantId }, [nameof(DrawRow.Id)], ct)
        : PreparedWrites.InsertAsync(db, new DrawRow { Id = draw.DrawId, MatterId = matter.Id, Input = secrets.Seal(draw.DrawId, draw.InputJson), InputHash = draw.InputHash, SecretHash = draw.SecretHash, PreparedAt = now }, ct);

    private async Task WriteInvitationsAsync(PanelDb db, Matter matter, CancellationToken ct)
    {
        // A draw given up takes its open invitations with it.
        var invited = matter.AllInvitations.Where(i => i.InvitedAt is not null).ToList();
        if (invited.Count == 0) return;
        var known = new Dictionary<Guid, InvitationRow>();
        await foreach (var stored in StepQueries.InvitationsAsync(db, matter.Id).WithCancellation(ct)) known.Add(stored.Id, stored);
        foreach (var invitation in invited)
        {
            var before = known.GetValueOrDefault(invitation.Id);
            var row = before?.Copy() ?? new() { Id = invitation.Id, TokenHash = tokens.HashOf(db.TenantId, invitation.Id) };
            MatterProjection.Project(row, matter, invitation);
            await (before is null ? PreparedWrites.InsertAsync(db, row, ct) : PreparedWrites.UpdateAsync(db, row, before, [nameof(InvitationRow.Id)], ct));
        }
    }
}
