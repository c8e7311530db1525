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

    /// <summary>Adds a row; the caller's <c>SaveChanges</c> writes it together with what it tells of. A lost race shows as a concurrency error.</summary>
    public async Task AppendAsync(PanelDb db, Actor actor, string command, object facts, CancellationToken ct, string before = "", string after = "")
    {
        var committee = await db.Committees.SingleAsync(c => c.Id == db.TenantId, ct);
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
