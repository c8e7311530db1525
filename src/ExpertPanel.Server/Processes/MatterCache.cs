using System.Collections.Concurrent;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Processes;

/// <summary>
/// The last known states. A step may start from one without reading, because its save carries the version: where another node was
/// faster, no row matches and the step is tried again from the database. What writes nothing (a refusal, "already so") is never decided on
/// a remembered state alone.
/// </summary>
public sealed class MatterCache
{
    /// <summary>A state is some ten kilobytes; this many are worth their memory.</summary>
    private const int Most = 400;

    private readonly ConcurrentDictionary<Guid, Known> known = new();
    private readonly ConcurrentQueue<Guid> order = new();

    public Known? Find(Guid id) => known.TryGetValue(id, out var entry) ? entry : null;

    /// <summary>The matter as the database has it: a remembered state counts where its version is still the row's.</summary>
    /// <returns>Null where there is no such matter.</returns>
    /// <exception cref="JsonException">The stored state is none.</exception>
    public async Task<Matter?> CurrentAsync(PanelDb db, Guid id)
    {
        if (Find(id) is { } known && known.Row.TenantId == db.TenantId && await StepQueries.VersionAsync(db, id) == known.Row.Version) return known.Matter;
        return await StepQueries.MatterAsync(db, id) is { } row ? JsonSerializer.Deserialize<Matter>(row.State, MatterCommands.Json) ?? throw new JsonException("A matter's state is empty.") : null;
    }

    public void Keep(MatterRow row, Matter matter)
    {
        var entry = new Known(row.Copy(), matter);
        if (known.TryAdd(row.Id, entry)) order.Enqueue(row.Id);
        else known[row.Id] = entry;
        while (known.Count > Most && order.TryDequeue(out var oldest)) known.TryRemove(oldest, out _);
    }

    public void Forget(Guid id) => known.TryRemove(id, out _);

    public sealed record Known(MatterRow Row, Matter Matter);
}
