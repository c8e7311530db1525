using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>The history of what concerns no matter: accounts, experts, rules, mails decided. One chained stream per committee.</summary>
public sealed class CommitteeHistory(TimeProvider clock)
{
    /// <summary>The row of a change to an expert's card, with the card before and after.</summary>
    public const string ExpertChanged = "changeExpert";

    /// <summary>
    /// How far the history has come. Asked before anything is judged: PostgreSQL's transactions each read what was last committed, so that a
    /// change judged by what somebody else has just overtaken is known only by the history having gone on since.
    /// </summary>
    public static Task<int> HeadAsync(PanelDb db, CancellationToken ct) => db.Committees.Where(c => c.Id == db.TenantId).Select(c => c.Version).SingleAsync(ct);

    /// <summary>Adds a row; the caller's <c>SaveChanges</c> writes it together with what it tells of. A lost race shows as a concurrency error.</summary>
    /// <param name="judgedAt">The head that the change was judged at, where it was judged by what others may change too.</param>
    public async Task AppendAsync(PanelDb db, Actor actor, string command, object facts, CancellationToken ct, string before = "", string after = "", int? judgedAt = null)
    {
        var committee = await db.Committees.SingleAsync(c => c.Id == db.TenantId, ct);
        if (judgedAt is { } head && head != committee.Version) throw new DbUpdateConcurrencyException("The committee's history went on since the change was judged.");
        committee.Version++;
        var row = new HistoryRow
        {
            TenantId = db.TenantId,
            StreamId = db.TenantId,
            Sequence = committee.Version,
            At = HistoryChain.Storable(clock.GetUtcNow()),
            ActorId = actor.Id,
            ActorName = actor.Name,
            OnBehalfOf = actor.OnBehalfOf?.Name,
            Origin = actor.Origin,
            Command = command,
            Facts = JsonSerializer.Serialize(facts, MatterCommands.Json),
            Before = before,
            After = after,
        };
        HistoryChain.Seal(row, committee.HistoryHead.Length == 0 ? HistoryChain.Genesis : committee.HistoryHead);
        committee.HistoryHead = row.Hash;
        db.History.Add(row);
    }
}
