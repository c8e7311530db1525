using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ExpertPanel.Server.Data;

/// <summary>What every mail that comes in asks, compiled once for each model as in <see cref="StepQueries"/>.</summary>
internal sealed class MailQueries
{
    private static readonly ConditionalWeakTable<IModel, MailQueries> Models = [];

    private readonly Func<PanelDb, Guid, string, Task<InboundMailRow?>> known =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, string sha256) => db.InboundMails.AsNoTracking().SingleOrDefault(m => m.TenantId == tenant && m.Sha256 == sha256));

    private readonly Func<PanelDb, Guid, string, Task<InvitationRow?>> invitation =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, string tokenHash) => db.Invitations.AsNoTracking().SingleOrDefault(i => i.TenantId == tenant && i.TokenHash == tokenHash));

    private readonly Func<PanelDb, Guid, Guid, Task<Guid>> matterOf =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid id) => db.Invitations.Where(i => i.TenantId == tenant && i.Id == id).Select(i => i.MatterId).Single());

    private readonly Func<PanelDb, Guid, Guid, Task<string>> expertName =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid id) => db.Experts.Where(e => e.TenantId == tenant && e.Id == id).Select(e => e.Name).Single());

    private readonly Func<PanelDb, Guid, Guid, IAsyncEnumerable<string>> addresses =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid expertId) => db.ExpertAddresses.Where(a => a.TenantId == tenant && a.ExpertId == expertId).Select(a => a.Address));

    private readonly Func<PanelDb, Guid, Guid, IAsyncEnumerable<MailAnswered>> answers =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid mailId) =>
            db.MailConfirmations.Where(c => c.TenantId == tenant && c.MailId == mailId && c.Answer != null).Select(c => new MailAnswered(c.Answer!, c.AnsweredAt, c.InvitationId)));

    /// <returns>The mail of the very same bytes that came before; null where none has.</returns>
    public static Task<InboundMailRow?> KnownAsync(PanelDb db, string sha256) => Of(db).known(db, db.TenantId, sha256);

    /// <returns>Null where no invitation has this token.</returns>
    public static Task<InvitationRow?> InvitationAsync(PanelDb db, string tokenHash) => Of(db).invitation(db, db.TenantId, tokenHash);

    /// <exception cref="InvalidOperationException">There is no such invitation.</exception>
    public static Task<Guid> MatterOfAsync(PanelDb db, Guid invitation) => Of(db).matterOf(db, db.TenantId, invitation);

    /// <exception cref="InvalidOperationException">There is no such expert.</exception>
    public static Task<string> ExpertNameAsync(PanelDb db, Guid expert) => Of(db).expertName(db, db.TenantId, expert);

    /// <summary>All addresses registered for an expert.</summary>
    public static async Task<IReadOnlyList<string>> AddressesAsync(PanelDb db, Guid expert, CancellationToken ct) => await ListAsync(Of(db).addresses(db, db.TenantId, expert), ct);

    /// <summary>What experts said by the link about a mail.</summary>
    public static async Task<IReadOnlyList<MailAnswered>> AnswersAsync(PanelDb db, Guid mail, CancellationToken ct) => await ListAsync(Of(db).answers(db, db.TenantId, mail), ct);

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> found, CancellationToken ct)
    {
        var list = new List<T>();
        await foreach (var one in found.WithCancellation(ct)) list.Add(one);
        return list;
    }

    private static MailQueries Of(PanelDb db) => Models.GetValue(db.Model, static _ => new());
}

/// <param name="Answer"><see cref="MailConfirmationRow.Yes"/> or <see cref="MailConfirmationRow.No"/>.</param>
internal sealed record MailAnswered(string Answer, DateTimeOffset? AnsweredAt, Guid InvitationId);
