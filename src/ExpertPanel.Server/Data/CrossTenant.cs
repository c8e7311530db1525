using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Data;

/// <summary>Where a worker finds its next piece of work, and whose it is.</summary>
public sealed record TenantWork(Guid TenantId, Guid Id);

/// <summary>The only place that may look across committees: to find whose a token or a piece of work is, never to read what it says.</summary>
public static class CrossTenant
{
#pragma warning disable RS0030 // The one file that may lift the tenant filter; each query returns ids only.
    private static readonly string[] Filters = [PanelDb.TenantFilter];

    public static Task<TenantWork?> FindInvitationAsync(PanelDb db, string tokenHash, CancellationToken ct) =>
        db.Invitations.IgnoreQueryFilters(Filters).Where(i => i.TokenHash == tokenHash).Select(i => new TenantWork(i.TenantId, i.Id)).SingleOrDefaultAsync(ct);

    public static Task<TenantWork?> FindApiTokenAsync(PanelDb db, string tokenHash, CancellationToken ct) =>
        db.ApiTokens.IgnoreQueryFilters(Filters).Where(t => t.TokenHash == tokenHash).Select(t => new TenantWork(t.TenantId, t.Id)).SingleOrDefaultAsync(ct);

    public static Task<List<TenantWork>> DueTimersAsync(PanelDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Timers.IgnoreQueryFilters(Filters).Where(t => t.FiredAt == null && t.DueAt <= now)
            .OrderBy(t => t.DueAt).Take(most).Select(t => new TenantWork(t.TenantId, t.Id)).ToListAsync(ct);

    /// <summary>When the next timer of any committee is due; for a clock that can be set forward.</summary>
    public static async Task<DateTimeOffset?> NextTimerAsync(PanelDb db, CancellationToken ct) =>
        await db.Timers.IgnoreQueryFilters(Filters).Where(t => t.FiredAt == null).MinAsync(t => (DateTimeOffset?)t.DueAt, ct);

    public static Task<List<TenantWork>> DueLettersAsync(PanelDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Letters.IgnoreQueryFilters(Filters)
            .Where(l => l.SentAt == null && l.FailedAt == null && l.NextAttemptAt <= now && (l.ClaimedUntil == null || l.ClaimedUntil < now))
            .OrderBy(l => l.NextAttemptAt).Take(most).Select(l => new TenantWork(l.TenantId, l.Id)).ToListAsync(ct);

    /// <summary>The letter that a bounce or a reply refers to by Message-ID.</summary>
    public static Task<TenantWork?> FindLetterAsync(PanelDb db, string messageId, CancellationToken ct) =>
        db.Letters.IgnoreQueryFilters(Filters).Where(l => l.MessageId == messageId).Select(l => new TenantWork(l.TenantId, l.Id)).SingleOrDefaultAsync(ct);
#pragma warning restore RS0030
}
