using System.Globalization;
using System.Security.Cryptography;
using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Reply;

/// <summary>
/// What an expert holds after the code: a session for one invitation alone. The cookie is sealed and says which code opened it, when, and
/// when it was last used; the code's row says whether it still stands, so that leaving ends it on every node.
/// </summary>
public sealed class ReplySession(IDataProtectionProvider protection, PanelDbFactory databases, TimeProvider clock, IHostEnvironment environment)
{
    /// <summary>The cookie goes to no other page than the experts'.</summary>
    public const string CookiePath = "/r/";

    private readonly IDataProtector seal = protection.CreateProtector("ExpertPanel.ReplySession/1");

    public static TimeSpan Idle { get; } = TimeSpan.FromHours(2);

    public static TimeSpan Longest { get; } = TimeSpan.FromHours(8);

    public void Begin(HttpContext context, ReplyPlace place, Guid sessionId)
    {
        var now = clock.GetUtcNow();
        Write(context, place, new(place.InvitationId, sessionId, now, now));
    }

    /// <summary>Whether this browser holds a living session for this very invitation.</summary>
    public async Task<bool> HoldsAsync(HttpContext context, ReplyPlace place, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (Read(context, place) is not { } ticket || ticket.InvitationId != place.InvitationId) return false;
        if (now >= ticket.LastUsed + Idle || now >= ticket.Began + Longest) return false;
        await using var db = databases.Create(place.TenantId);
        return await db.ReplyCodes.AnyAsync(c => c.Id == ticket.SessionId && c.InvitationId == place.InvitationId && c.UsedAt != null && c.ExpiresAt > c.SentAt, ct);
    }

    /// <summary>Notes that the expert did something; an unchanged autosave is not something.</summary>
    public void Touch(HttpContext context, ReplyPlace place)
    {
        var now = clock.GetUtcNow();
        if (Read(context, place) is { } ticket && now - ticket.LastUsed > TimeSpan.FromMinutes(1)) Write(context, place, ticket with { LastUsed = now });
    }

    public async Task EndAsync(HttpContext context, ReplyPlace place, CancellationToken ct)
    {
        if (Read(context, place) is { } ticket)
        {
            using var turn = await databases.Gate.EnterAsync(ct);
            await using var db = databases.Create(place.TenantId);
            // A code that expired when it was sent never opened anything: so is an ended session marked.
            await db.ReplyCodes.Where(c => c.Id == ticket.SessionId && c.InvitationId == place.InvitationId)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.ExpiresAt, c => c.SentAt), ct);
        }

        context.Response.Cookies.Delete(NameOf(place), Options());
    }

    /// <summary>One cookie for each invitation: an expert with two matters open loses neither.</summary>
    private string NameOf(ReplyPlace place) =>
        $"{(environment.IsDevelopment() ? "" : "__Secure-")}expertpanel-reply-{place.InvitationId.ToString("N", CultureInfo.InvariantCulture)[^12..]}";

    private CookieOptions Options() => new()
    {
        Path = CookiePath,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Strict,
        // Development speaks plain HTTP.
        Secure = !environment.IsDevelopment(),
    };

    private void Write(HttpContext context, ReplyPlace place, Ticket ticket) => context.Response.Cookies.Append(
        NameOf(place),
        seal.Protect(FormattableString.Invariant($"{ticket.InvitationId:N} {ticket.SessionId:N} {ticket.Began.ToUnixTimeSeconds()} {ticket.LastUsed.ToUnixTimeSeconds()}")),
        Options());

    private Ticket? Read(HttpContext context, ReplyPlace place)
    {
        if (context.Request.Cookies[NameOf(place)] is not { Length: > 0 } cookie) return null;
        try
        {
            return seal.Unprotect(cookie).Split(' ') is [var invitation, var session, var began, var used]
                ? new(Guid.Parse(invitation), Guid.Parse(session), At(began), At(used))
                : null;
        }
        catch (CryptographicException)
        {
            // Not sealed by us, or by a key that is gone: no session.
            return null;
        }
    }

    private static DateTimeOffset At(string seconds) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));

    private sealed record Ticket(Guid InvitationId, Guid SessionId, DateTimeOffset Began, DateTimeOffset LastUsed);
}
