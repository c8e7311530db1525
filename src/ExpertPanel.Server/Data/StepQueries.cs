using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ExpertPanel.Server.Data;

/// <summary>
/// What every step asks, compiled once: finding a compiled query anew in EF's own cache costs more than SQLite needs for the answer.
/// One set for each model, because a compiled query belongs to the provider that first asked it.
/// </summary>
internal sealed class StepQueries
{
    private static readonly ConditionalWeakTable<IModel, StepQueries> Known = [];

    private readonly Func<PanelDb, Guid, Guid, Task<MatterRow?>> matter =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid id) => db.Matters.AsNoTracking().SingleOrDefault(m => m.TenantId == tenant && m.Id == id));

    private readonly Func<PanelDb, Guid, Guid, Task<int?>> version =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid id) => db.Matters.Where(m => m.TenantId == tenant && m.Id == id).Select(m => (int?)m.Version).SingleOrDefault());

    private readonly Func<PanelDb, Guid, string, Task<Guid?>> actedBefore =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, string key) =>
            db.History.Where(h => h.TenantId == tenant && h.IdempotencyKey == key).Select(h => (Guid?)h.StreamId).FirstOrDefault());

    private readonly Func<PanelDb, Guid, Guid, IAsyncEnumerable<InvitationRow>> invitations =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid matterId) => db.Invitations.Where(i => i.TenantId == tenant && i.MatterId == matterId));

    public static Task<MatterRow?> MatterAsync(PanelDb db, Guid id) => Of(db).matter(db, db.TenantId, id);

    /// <returns>Null where there is no such matter.</returns>
    public static Task<int?> VersionAsync(PanelDb db, Guid id) => Of(db).version(db, db.TenantId, id);

    /// <returns>The stream that a command with this key has written to; null where none has.</returns>
    public static Task<Guid?> ActedBeforeAsync(PanelDb db, string key) => Of(db).actedBefore(db, db.TenantId, key);

    public static IAsyncEnumerable<InvitationRow> InvitationsAsync(PanelDb db, Guid matterId) => Of(db).invitations(db, db.TenantId, matterId);

    private static StepQueries Of(PanelDb db) => Known.GetValue(db.Model, static _ => new());
}
