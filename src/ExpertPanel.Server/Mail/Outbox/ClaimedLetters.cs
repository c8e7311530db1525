using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Outbox;

/// <summary>A letter with what its text needs.</summary>
internal sealed record LetterToSend(LetterRow Row, Matter Matter, CommitteeRules Rules, string? Consultation);

/// <summary>
/// Letters taken for sending. The claim is one compare-and-set over named rows: whoever lost the race finds them claimed. It lasts a few
/// minutes, so that a letter of a process that died is taken up by another.
/// </summary>
internal sealed class ClaimedLetters(PanelDbFactory databases, CommitteeSettings settings, MatterCache cache, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>A letter is not begun when the claim might run out while a slow server takes it.</summary>
    private static readonly TimeSpan LeastLeft = TimeSpan.FromSeconds(90);

    private readonly string claim = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():N}";
    private DateTimeOffset until;
    private Guid tenant;

    public bool MayBegin => clock.GetUtcNow() + LeastLeft < until;

    public async Task<IReadOnlyList<LetterToSend>> TakeAsync(Guid tenantId, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        (tenant, until) = (tenantId, now + Lease);
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = await databases.CreateWriterAsync(tenant, ct);
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            if (await StepStatements.ClaimLettersAsync(db, ids, claim, until, now, ct) == 0) return [];
            await transaction.CommitAsync(ct);
        }

        return await LoadAsync(db, ct);
    }

    /// <summary>Writes down what became of a letter, unless the claim was lost meanwhile.</summary>
    public async Task RecordAsync(LetterRow letter, LetterOutcome outcome, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = await databases.CreateWriterAsync(tenant, ct);
        await db.Database.OpenConnectionAsync(ct); // One statement is its own transaction.
        var row = letter.Copy();
        (row.Attempts, row.ClaimedUntil) = (letter.Attempts + (outcome.NotTried ? 0 : 1), null);
        (row.SentAt, row.FailedAt, row.LastError) = (outcome.SentAt, outcome.FailedAt, outcome.Error);
        (row.Subject, row.Sha256, row.NextAttemptAt) = (outcome.Subject ?? letter.Subject, outcome.Sha256 ?? letter.Sha256, outcome.NextAttemptAt ?? letter.NextAttemptAt);
        try
        {
            await PreparedWrites.UpdateAsync(db, row, letter, [nameof(LetterRow.Id), nameof(LetterRow.ClaimedBy)], ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The claim ran out and another process has the letter now; what it finds is what counts.
        }
    }

    /// <summary>Gives back what was not begun.</summary>
    public async Task ReleaseAsync(IReadOnlyCollection<Guid> ids)
    {
        using var turn = await databases.Gate.EnterAsync(CancellationToken.None);
        await using var db = await databases.CreateWriterAsync(tenant, CancellationToken.None);
        await db.Letters.Where(l => ids.Contains(l.Id) && l.ClaimedBy == claim)
            .ExecuteUpdateAsync(s => s.SetProperty(l => l.ClaimedUntil, (DateTimeOffset?)null), CancellationToken.None);
    }

    private async Task<IReadOnlyList<LetterToSend>> LoadAsync(PanelDb db, CancellationToken ct)
    {
        var rows = new List<LetterRow>();
        await foreach (var row in StepQueries.ClaimedAsync(db, claim).WithCancellation(ct)) rows.Add(row);
        var matters = new Dictionary<Guid, Matter>();
        var letters = new List<LetterToSend>(rows.Count);
        foreach (var row in rows)
        {
            if (!matters.TryGetValue(row.MatterId, out var matter)) matters[row.MatterId] = matter = await MatterAsync(db, row.MatterId);
            var consultation = row is { InvitationId: { } invitation, Kind: not LetterKinds.Consultation } ? await StepQueries.ConsultationAsync(db, invitation) : null;
            // A letter that belongs to no matter goes by the rules of today.
            var rules = row.MatterId == Guid.Empty ? (await settings.NewestAsync(db, ct)).RulesVersion : matter.RulesVersion;
            letters.Add(new(row, matter, await settings.RulesAsync(db, rules, ct), consultation));
        }

        return letters;
    }

    private async Task<Matter> MatterAsync(PanelDb db, Guid id)
    {
        if (id == Guid.Empty) return Matter.Unborn;
        return await cache.CurrentAsync(db, id) ?? throw new InvalidOperationException($"Letters of matter {id}, which is not there.");
    }
}

/// <summary>What became of one attempt.</summary>
internal sealed record LetterOutcome
{
    /// <summary>The letter waits for its turn; no attempt is counted.</summary>
    public bool NotTried { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    public DateTimeOffset? NextAttemptAt { get; init; }

    public string? Error { get; init; }

    public string? Subject { get; init; }

    public string? Sha256 { get; init; }
}
