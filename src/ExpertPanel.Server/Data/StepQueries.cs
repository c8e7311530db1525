using System.Runtime.CompilerServices;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
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
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid matterId) => db.Invitations.AsNoTracking().Where(i => i.TenantId == tenant && i.MatterId == matterId));

    private readonly Func<PanelDb, Guid, Guid, Task<DrawEvidence?>> draw =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid id) => db.Draws.Where(d => d.TenantId == tenant && d.Id == id)
            .Select(d => new DrawEvidence(d.Id, d.Input, d.InputHash, d.SecretHash, d.Transcript)).SingleOrDefault());

    private readonly Func<PanelDb, Guid, Guid, Task<DrawEvidence?>> transcript =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid id) => db.Draws.Where(d => d.TenantId == tenant && d.Id == id)
            .Select(d => new DrawEvidence(d.Id, "", d.InputHash, d.SecretHash, d.Transcript)).SingleOrDefault());

    private readonly Func<PanelDb, Guid, Task<BankState?>> bank =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant) =>
            db.Committees.Where(c => c.Id == tenant).Select(c => new BankState(c.Version, db.Experts.Count(e => e.TenantId == tenant))).SingleOrDefault());

    private readonly Func<PanelDb, Guid, DateTimeOffset, IAsyncEnumerable<ExpertAsked>> asked =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, DateTimeOffset since) => db.Invitations
            .Where(i => i.TenantId == tenant && (i.InvitedAt >= since || i.State == nameof(InvitationState.Invited) || i.State == nameof(InvitationState.Accepted)))
            .GroupBy(i => i.ExpertId)
            .Select(g => new ExpertAsked(g.Key, g.Count(i => i.State == nameof(InvitationState.Invited) || i.State == nameof(InvitationState.Accepted)), g.Count(i => i.InvitedAt >= since))));

    private readonly Func<PanelDb, Guid, IAsyncEnumerable<LoanEnds>> loans =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant) => db.Loans.Where(l => l.GuestId != null && (l.BorrowerId == tenant || l.LenderId == tenant))
            .Select(l => new LoanEnds(l.BorrowerId, l.LenderId, l.ExpertId, l.GuestId!.Value)));

    private readonly Func<PanelDb, Guid, Task<int?>> organisations =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant) => db.Organisations.Where(o => o.TenantId == tenant).Max(o => (int?)o.Version));

    private readonly Func<PanelDb, Guid, Guid, Task<string?>> address =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid expertId) =>
            db.ExpertAddresses.Where(a => a.TenantId == tenant && a.ExpertId == expertId && a.Primary).Select(a => a.Address).FirstOrDefault());

    private readonly Func<PanelDb, Guid, string, IAsyncEnumerable<LetterRow>> claimed =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, string claim) =>
            db.Letters.AsNoTracking().Where(l => l.TenantId == tenant && l.ClaimedBy == claim && l.SentAt == null).OrderBy(l => l.CreatedAt).ThenBy(l => l.Id).AsQueryable());

    private readonly Func<PanelDb, Guid, Guid, Task<string?>> consultation =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, Guid invitation) =>
            db.Letters.Where(l => l.TenantId == tenant && l.InvitationId == invitation && l.Kind == LetterKinds.Consultation).Min(l => l.MessageId));

    private readonly Func<PanelDb, Guid, string, int, Task<int>> lastNumber =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, string code, int year) => db.NumberSeries.Where(s => s.TenantId == tenant && s.Code == code && s.Year == year).Select(s => s.Last).Single());

    private readonly Func<PanelDb, Guid, DateTimeOffset, int, IAsyncEnumerable<TimerRow>> dueTimers =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, DateTimeOffset now, int most) =>
            db.Timers.AsNoTracking().Where(t => t.TenantId == tenant && t.FiredAt == null && t.DueAt <= now).OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(most));

    private readonly Func<PanelDb, Guid, string, DateTimeOffset, Task<int>> sentTo =
        EF.CompileAsyncQuery((PanelDb db, Guid tenant, string address, DateTimeOffset since) =>
            db.Letters.Count(l => l.TenantId == tenant && l.ToAddress == address && l.SentAt >= since));

    public static Task<MatterRow?> MatterAsync(PanelDb db, Guid id) => Of(db).matter(db, db.TenantId, id);

    /// <returns>Null where there is no such matter.</returns>
    public static Task<int?> VersionAsync(PanelDb db, Guid id) => Of(db).version(db, db.TenantId, id);

    /// <returns>The stream that a command with this key has written to; null where none has.</returns>
    public static Task<Guid?> ActedBeforeAsync(PanelDb db, string key) => Of(db).actedBefore(db, db.TenantId, key);

    public static IAsyncEnumerable<InvitationRow> InvitationsAsync(PanelDb db, Guid matterId) => Of(db).invitations(db, db.TenantId, matterId);

    /// <returns>Null where there is no such draw.</returns>
    public static Task<DrawEvidence?> DrawAsync(PanelDb db, Guid id) => Of(db).draw(db, db.TenantId, id);

    /// <summary>A draw that was made, without the frozen input that its transcript holds too: each is as long as the whole bank.</summary>
    /// <returns>Null where there is no such draw.</returns>
    public static Task<DrawEvidence?> TranscriptAsync(PanelDb db, Guid id) => Of(db).transcript(db, db.TenantId, id);

    /// <summary>Changes whenever a card of the bank does.</summary>
    public static Task<BankState?> BankAsync(PanelDb db) => Of(db).bank(db, db.TenantId);

    /// <summary>Experts who have no open invitation and were not asked since then are not in it.</summary>
    public static IAsyncEnumerable<ExpertAsked> AskedAsync(PanelDb db, DateTimeOffset since) => Of(db).asked(db, db.TenantId, since);

    /// <summary>The loans, also ended ones, by which the committee's experts have a card elsewhere or are guests here.</summary>
    public static async Task<IReadOnlyList<LoanEnds>> LoansAsync(PanelDb db, CancellationToken ct)
    {
        var found = new List<LoanEnds>();
        await foreach (var loan in Of(db).loans(db, db.TenantId).WithCancellation(ct)) found.Add(loan);
        return found;
    }

    /// <returns>The newest version of the table of organisations' names; null where the committee has none.</returns>
    public static Task<int?> OrganisationsAsync(PanelDb db) => Of(db).organisations(db, db.TenantId);

    /// <returns>Where an expert is written to; null where no address is known.</returns>
    public static Task<string?> AddressAsync(PanelDb db, Guid expertId) => Of(db).address(db, db.TenantId, expertId);

    /// <summary>The letters not sent yet that a claim holds, oldest first.</summary>
    public static IAsyncEnumerable<LetterRow> ClaimedAsync(PanelDb db, string claim) => Of(db).claimed(db, db.TenantId, claim);

    /// <returns>The Message-ID of the consultation letter of an invitation.</returns>
    public static Task<string?> ConsultationAsync(PanelDb db, Guid invitation) => Of(db).consultation(db, db.TenantId, invitation);

    /// <returns>The last number that a series has given.</returns>
    public static Task<int> LastNumberAsync(PanelDb db, string code, int year) => Of(db).lastNumber(db, db.TenantId, code, year);

    /// <summary>The committee's questions that are due, in the order in which they are put.</summary>
    public static IAsyncEnumerable<TimerRow> DueTimersAsync(PanelDb db, DateTimeOffset now, int most) => Of(db).dueTimers(db, db.TenantId, now, most);

    /// <returns>How many letters went to an address since then.</returns>
    public static Task<int> SentToAsync(PanelDb db, string address, DateTimeOffset since) => Of(db).sentTo(db, db.TenantId, address, since);

    private static StepQueries Of(PanelDb db) => Known.GetValue(db.Model, static _ => new());
}

/// <summary>The length of the committee's own history, and how many cards the bank has.</summary>
internal sealed record BankState(int Version, int Experts);

/// <param name="Open">Invited or accepted, and not yet done.</param>
/// <param name="Asked">Invitations that went out since then, whatever became of them.</param>
internal sealed record ExpertAsked(Guid ExpertId, int Open, int Asked);

/// <summary>One person's two cards: in the lender's bank and in the borrower's.</summary>
public sealed record LoanEnds(Guid BorrowerId, Guid LenderId, Guid ExpertId, Guid GuestId);
