using System.Collections.Concurrent;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Conflicts;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>A committee's newest table of organisations' names. A version never changes once written, so it is read once; the newest is asked for each time.</summary>
public sealed class OrganisationTables
{
    private readonly ConcurrentDictionary<Guid, (int Version, OrganisationTable Table)> read = new();

    public async Task<OrganisationTable> NewestAsync(PanelDb db, CancellationToken ct)
    {
        var version = await StepQueries.OrganisationsAsync(db);
        if (version is not { } newest) return OrganisationTable.Empty;
        if (read.TryGetValue(db.TenantId, out var known) && known.Version == newest) return known.Table;
        var json = await db.Organisations.Where(o => o.Version == newest).Select(o => o.Json).SingleAsync(ct);
        var (entries, problem) = OrganisationTable.Read(json);
        var table = entries is null ? throw new InvalidOperationException($"Organisations v{newest}: {problem}") : new OrganisationTable(entries);
        read[db.TenantId] = (newest, table);
        return table;
    }
}
