using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Reply;

public enum CodeSending
{
    Sent,
    TooMany,
    NoAddress,
    NotTaken,
}

/// <param name="MaskedAddress">Where it went, as the page may show it.</param>
public sealed record CodeSent(CodeSending Outcome, string MaskedAddress);

public enum CodeEntry
{
    Right,
    Wrong,
    Spent,
}

/// <param name="SessionId">The code that opened the session; set when the entry was right.</param>
/// <param name="TriesLeft">How often this code may still be tried.</param>
/// <param name="Counted">A code was there to be tried; without one nothing happened that needs a record.</param>
public sealed record CodeEntered(CodeEntry Outcome, Guid SessionId, int TriesLeft, bool Counted)
{
    public static CodeEntered NoCode { get; } = new(CodeEntry.Spent, Guid.Empty, 0, Counted: false);
}

/// <summary>
/// The six-digit code that turns a link into a session: mailed to the registered address, good for ten minutes, once, five tries
/// (ASVS V6.5.1, V6.5.5). Only the newest code counts. Whoever holds the link alone has 25 guesses in a million an hour, 100 a day.
/// </summary>
public sealed class ReplyCodes(PanelDbFactory databases, ICodeMail mail, TimeProvider clock, ILogger<ReplyCodes> log)
{
    public const int Digits = 6;
    public const int MostTries = 5;
    public const int MostAnHour = 5;
    public const int MostADay = 20;

    private const int Races = 5;

    public static TimeSpan Life { get; } = TimeSpan.FromMinutes(10);

    public async Task<CodeSent> SendAsync(ReplyPlace place, CancellationToken ct)
    {
        var (name, address) = await AddressAsync(place, ct);
        if (address is null) return new(CodeSending.NoAddress, "");
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        if (await KeepAsync(place, code, ct) is not { } id) return new(CodeSending.TooMany, Mask(address));
        if (await mail.SendAsync(place.TenantId, address, name, place.OfficeName, code, ct)) return new(CodeSending.Sent, Mask(address));
        await VoidAsync(place, id, ct);
        log.LogWarning("The code for invitation {Invitation} could not be mailed", place.InvitationId);
        return new(CodeSending.NotTaken, Mask(address));
    }

    /// <summary>Where a code would go, as the page may show it; null where no address is registered.</summary>
    public async Task<string?> MaskedAddressAsync(ReplyPlace place, CancellationToken ct) =>
        (await AddressAsync(place, ct)).Address is { } address ? Mask(address) : null;

    public async Task<CodeEntered> EnterAsync(ReplyPlace place, string code, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(place.TenantId);
        var last = IdOf(place.InvitationId, await db.ReplyCodes.CountAsync(c => c.InvitationId == place.InvitationId, ct) - 1);
        var newest = await db.ReplyCodes.Where(c => c.Id == last).Select(c => new { c.Id, c.CodeHash }).SingleOrDefaultAsync(ct);
        if (newest is null) return CodeEntered.NoCode;

        // The try is counted before the code is compared, so that tries sent at once count like tries in turn.
        var usable = db.ReplyCodes.Where(c => c.Id == newest.Id && c.UsedAt == null && c.ExpiresAt > now);
        if (await usable.Where(c => c.Tries < MostTries).ExecuteUpdateAsync(s => s.SetProperty(c => c.Tries, c => c.Tries + 1), ct) == 0)
            return CodeEntered.NoCode;
        var right = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(newest.CodeHash), Encoding.ASCII.GetBytes(HashOf(place.InvitationId, Typed(code))));
        if (right && await usable.ExecuteUpdateAsync(s => s.SetProperty(c => c.UsedAt, now), ct) == 1) return new(CodeEntry.Right, newest.Id, 0, Counted: true);
        var tries = await db.ReplyCodes.Where(c => c.Id == newest.Id).Select(c => c.Tries).SingleAsync(ct);
        return new(tries < MostTries ? CodeEntry.Wrong : CodeEntry.Spent, Guid.Empty, MostTries - tries, Counted: true);
    }

    /// <summary><c>e***1@example.test</c>: enough to know which mailbox, not enough to write to.</summary>
    internal static string Mask(string address)
    {
        var at = address.LastIndexOf('@');
        return at switch
        {
            < 1 => "***",
            < 3 => $"{address[0]}***{address[at..]}",
            _ => $"{address[0]}***{address[at - 1]}{address[at..]}",
        };
    }

    internal static string HashOf(Guid invitationId, string code) =>
        Convert.ToHexStringLower(SHA256.HashData([.. "reply-code/1"u8, .. invitationId.ToByteArray(), .. Encoding.UTF8.GetBytes(code)]));

    /// <summary>People type full-width digits and copy spaces along.</summary>
    private static string Typed(string code) => new([.. code.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))]);

    private async Task<(string Name, string? Address)> AddressAsync(ReplyPlace place, CancellationToken ct)
    {
        await using var db = databases.Create(place.TenantId);
        var name = await db.Experts.Where(e => e.Id == place.ExpertId).Select(e => e.Name).SingleAsync(ct);
        return (name, await db.ExpertAddresses.Where(a => a.ExpertId == place.ExpertId && a.Primary).Select(a => a.Address).FirstOrDefaultAsync(ct));
    }

    /// <summary>
    /// Stores the code's hash; null when there were too many. The row's id follows from its number, so that of two sent at once one
    /// loses the race and counts again.
    /// </summary>
    private async Task<Guid?> KeepAsync(ReplyPlace place, string code, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryKeepAsync(place, code, ct);
            }
            catch (DbUpdateException race) when (attempt < Races && DatabaseFaults.IsRace(race))
            {
                log.LogInformation("Two codes for invitation {Invitation} at once", place.InvitationId);
            }
        }
    }

    private async Task<Guid?> TryKeepAsync(ReplyPlace place, string code, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(place.TenantId);
        var sent = await db.ReplyCodes.Where(c => c.InvitationId == place.InvitationId).Select(c => c.SentAt).ToListAsync(ct);
        if (sent.Count(at => at > now.AddHours(-1)) >= MostAnHour || sent.Count(at => at > now.AddDays(-1)) >= MostADay) return null;
        var id = IdOf(place.InvitationId, sent.Count);
        db.ReplyCodes.Add(new() { Id = id, InvitationId = place.InvitationId, CodeHash = HashOf(place.InvitationId, code), SentAt = now, ExpiresAt = now + Life });
        await db.SaveChangesAsync(ct);
        return id;
    }

    private async Task VoidAsync(ReplyPlace place, Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(place.TenantId);
        await db.ReplyCodes.Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.ExpiresAt, now), ct);
    }

    private static Guid IdOf(Guid invitationId, int number)
    {
        Span<byte> seed = stackalloc byte[20];
        invitationId.TryWriteBytes(seed);
        BinaryPrimitives.WriteInt32BigEndian(seed[16..], number);
        return new(SHA256.HashData(seed).AsSpan(0, 16));
    }
}
