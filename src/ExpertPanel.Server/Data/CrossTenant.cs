using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ExpertPanel.Server.Data;

/// <summary>Where a worker finds its next piece of work, and whose it is.</summary>
public sealed record TenantWork(Guid TenantId, Guid Id);

/// <summary>The only place that may look across committees: to find whose a token or a piece of work is, never to read what it says.</summary>
public static class CrossTenant
{
#pragma warning disable RS0030 // The one file that may lift the tenant filter; each query returns ids only.
    private static readonly string[] Filters = [PanelDb.TenantFilter];

    public static Task<TenantWork?> FindInvitationAsync(PanelDb db, string tokenHash) => Queries.Of(db).Invitation(db, tokenHash);

    public static Task<TenantWork?> FindConfirmationAsync(PanelDb db, string tokenHash, CancellationToken ct) =>
        db.MailConfirmations.IgnoreQueryFilters(Filters).Where(c => c.TokenHash == tokenHash).Select(c => new TenantWork(c.TenantId, c.Id)).SingleOrDefaultAsync(ct);

    public static Task<TenantWork?> FindAccountInvitationAsync(PanelDb db, string tokenHash, CancellationToken ct) =>
        db.AccountInvitations.IgnoreQueryFilters(Filters).Where(i => i.TokenHash == tokenHash).Select(i => new TenantWork(i.TenantId, i.Id)).SingleOrDefaultAsync(ct);

    public static Task<TenantWork?> FindApiTokenAsync(PanelDb db, string tokenHash, CancellationToken ct) =>
        db.ApiTokens.IgnoreQueryFilters(Filters).Where(t => t.TokenHash == tokenHash).Select(t => new TenantWork(t.TenantId, t.Id)).SingleOrDefaultAsync(ct);

    public static Task<List<TenantWork>> DueTimersAsync(PanelDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        ListAsync(Queries.Of(db).DueTimers(db, now, most), ct);

    /// <summary>The other committees that a person works for; for who switches between them.</summary>
    public static Task<List<Guid>> MembershipsAsync(PanelDb db, Guid userId, CancellationToken ct) =>
        db.Memberships.IgnoreQueryFilters(Filters).Where(m => m.UserId == userId && m.EndedAt == null).Select(m => m.TenantId).ToListAsync(ct);

    /// <summary>Loans whose card changed since the borrower's bank took it; the work is the borrower's.</summary>
    public static Task<List<TenantWork>> LoansToCarryAsync(PanelDb db, int most, CancellationToken ct) =>
        db.Loans.IgnoreQueryFilters(Filters).Where(l => l.CarriedVersion < l.CardVersion).OrderBy(l => l.Id).Take(most).Select(l => new TenantWork(l.BorrowerId, l.Id)).ToListAsync(ct);

    /// <summary>When the next timer of any committee is due; for a clock that can be set forward.</summary>
    public static Task<DateTimeOffset?> NextTimerAsync(PanelDb db) => Queries.Of(db).NextTimer(db);

    public static Task<List<TenantWork>> DueLettersAsync(PanelDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        ListAsync(Queries.Of(db).DueLetters(db, now, most), ct);

    /// <summary>The letter that a bounce or a reply refers to by Message-ID.</summary>
    public static Task<TenantWork?> FindLetterAsync(PanelDb db, string messageId, CancellationToken ct) =>
        db.Letters.IgnoreQueryFilters(Filters).Where(l => l.MessageId == messageId).Select(l => new TenantWork(l.TenantId, l.Id)).SingleOrDefaultAsync(ct);

    /// <summary>Files that no scanner has given a verdict on.</summary>
    public static Task<List<TenantWork>> FilesToScanAsync(PanelDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Files.IgnoreQueryFilters(Filters).Where(f => f.Scan == ScanState.Waiting && (f.NextScanAt == null || f.NextScanAt <= now)).OrderBy(f => f.NextScanAt).Take(most).Select(f => new TenantWork(f.TenantId, f.Id)).ToListAsync(ct);

    /// <summary>Mails that no scanner has given a verdict on; of some the bytes were not kept.</summary>
    public static Task<List<TenantWork>> MailsToScanAsync(PanelDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.InboundMails.IgnoreQueryFilters(Filters).Where(m => m.Scan == ScanState.Waiting && m.Reason != InboundMailRow.StateSecret && (m.NextScanAt == null || m.NextScanAt <= now)).OrderBy(m => m.NextScanAt).Take(most).Select(m => new TenantWork(m.TenantId, m.Id)).ToListAsync(ct);

    /// <summary>Lists of experts that were ordered into a bank.</summary>
    public static Task<List<TenantWork>> ImportsToRunAsync(PanelDb db, int most, CancellationToken ct) =>
        db.Imports.IgnoreQueryFilters(Filters).Where(i => i.State == ImportState.Waiting).OrderBy(i => i.Id).Take(most).Select(i => new TenantWork(i.TenantId, i.Id)).ToListAsync(ct);

    private static async Task<List<TenantWork>> ListAsync(IAsyncEnumerable<TenantWork> found, CancellationToken ct)
    {
        var works = new List<TenantWork>();
        await foreach (var work in found.WithCancellation(ct)) works.Add(work);
        return works;
    }

    /// <summary>What the workers ask every second, compiled once for each model: a compiled query belongs to the provider that first asked it.</summary>
    private sealed class Queries
    {
        private static readonly ConditionalWeakTable<IModel, Queries> Known = [];

        public Func<PanelDb, DateTimeOffset, int, IAsyncEnumerable<TenantWork>> DueTimers { get; } =
            EF.CompileAsyncQuery((PanelDb db, DateTimeOffset now, int most) => db.Timers.IgnoreQueryFilters(Filters).Where(t => t.FiredAt == null && t.DueAt <= now)
                .OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(most).Select(t => new TenantWork(t.TenantId, t.Id)));

        public Func<PanelDb, string, Task<TenantWork?>> Invitation { get; } =
            EF.CompileAsyncQuery((PanelDb db, string tokenHash) =>
                db.Invitations.IgnoreQueryFilters(Filters).Where(i => i.TokenHash == tokenHash).Select(i => new TenantWork(i.TenantId, i.Id)).SingleOrDefault());

        public Func<PanelDb, Task<DateTimeOffset?>> NextTimer { get; } =
            EF.CompileAsyncQuery((PanelDb db) => db.Timers.IgnoreQueryFilters(Filters).Where(t => t.FiredAt == null).Min(t => (DateTimeOffset?)t.DueAt));

        public Func<PanelDb, DateTimeOffset, int, IAsyncEnumerable<TenantWork>> DueLetters { get; } =
            EF.CompileAsyncQuery((PanelDb db, DateTimeOffset now, int most) => db.Letters.IgnoreQueryFilters(Filters)
                .Where(l => l.SentAt == null && l.FailedAt == null && l.NextAttemptAt <= now && (l.ClaimedUntil == null || l.ClaimedUntil < now))
                .OrderBy(l => l.NextAttemptAt).Take(most).Select(l => new TenantWork(l.TenantId, l.Id)));

        public static Queries Of(PanelDb db) => Known.GetValue(db.Model, static _ => new());
    }
#pragma warning restore RS0030
}
