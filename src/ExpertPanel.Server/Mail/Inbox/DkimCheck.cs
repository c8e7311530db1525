using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Verifies DKIM here and now. Authentication-Results in the mail is somebody else's word and anybody can write it, so it is never read.
/// A signature speaks for the mail only when it covers what is relied on: the sender and, where the recipients name a token, the token.
/// </summary>
internal static class DkimCheck
{
    private const int MaxSignatures = 5;

    private const int MostKeys = 256;

    /// <summary>A signer's clock may be ahead by so much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    /// <summary>What a mail has once (RFC 5322, 3.6). Written twice, the one is signed and the other is read.</summary>
    private static readonly string[] Single = ["From", "To", "Cc", "Subject", "Date", "Message-Id", "Reply-To", "Sender", "Content-Type", "Content-Transfer-Encoding", "Mime-Version"];

    /// <summary>Shared endings under which anybody may own a name: a signature of the ending does not speak for the names.</summary>
    private static readonly HashSet<string> SharedEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "ac.cn", "com.cn", "edu.cn", "gov.cn", "mil.cn", "net.cn", "org.cn", "com.hk", "gov.hk", "org.hk", "edu.hk", "com.tw", "edu.tw", "gov.tw", "org.tw",
        "com.mo", "com.sg", "co.uk", "co.jp", "co.kr", "com.au",
    };

    /// <param name="now">When the mail is read: a signature may have an end.</param>
    /// <returns>With the hash of the signature that spoke for the sender, if one did.</returns>
    public static async Task<(MailAuthentication Authentication, string? Signature)> VerifyAsync(MimeMessage message, string? fromDomain, IDkimKeys keys, DateTimeOffset now, CancellationToken ct)
    {
        var verifier = new DkimVerifier(new KeyLocator(keys));
        var result = DkimResult.None;
        foreach (var signature in message.Headers.Where(header => header.Id == HeaderId.DkimSignature).Take(MaxSignatures))
        {
            ct.ThrowIfCancellationRequested();
            var tags = Tags(signature.Value);
            var verdict = await VerifyAsync(verifier, message, signature, tags, now, ct);
            if (verdict is DkimResult.Pass && tags.GetValueOrDefault("d") is { } domain && IsAligned(domain, fromDomain) && CoversRecipients(message, tags))
                return (new MailAuthentication(DkimResult.Pass, domain.ToLowerInvariant()), HashOf(tags));
            if (verdict is DkimResult.Pass || result is DkimResult.None) result = verdict;
        }

        return (new MailAuthentication(result, AlignedDomain: null), null);
    }

    private static async Task<DkimResult> VerifyAsync(
        DkimVerifier verifier, MimeMessage message, Header signature, Dictionary<string, string> tags, DateTimeOffset now, CancellationToken ct)
    {
        // With l= a signature covers only the beginning of the body; anybody could have written the opinion below it.
        var coversAll = !tags.ContainsKey("l") && Signed(tags).Contains("from", StringComparer.OrdinalIgnoreCase) && !Array.Exists(Single, name => Count(message, name) > 1);
        try
        {
            return await verifier.VerifyAsync(message, signature, ct) && coversAll && InTime(tags, now) ? DkimResult.Pass : DkimResult.Fail;
        }
        catch (KeyMissingException)
        {
            return DkimResult.None;
        }
        catch (Exception malformed) when (malformed is FormatException or NotSupportedException or ArgumentException or InvalidOperationException or CryptoException)
        {
            return DkimResult.Fail;
        }
    }

    /// <summary>
    /// Every recipient's header that names a token is signed. Else a true mail of the expert to somebody else, taken from a mailbox, becomes an
    /// opinion by an added To or Delivered-To.
    /// </summary>
    private static bool CoversRecipients(MimeMessage message, Dictionary<string, string> tags)
    {
        var signed = Signed(tags);
        var named = message.Headers.Where(h => MailReader.NamesRecipients(h) && ReplyAddress.TryFindToken(h.Value, out _)).ToList();
        return named.Count == 0 || named.Exists(h => h.Id is HeaderId.To or HeaderId.Cc && signed.Contains(h.Field.Trim(), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>t= when it was signed, x= until when it is good, both in seconds since 1970 (RFC 6376, 3.5).</summary>
    private static bool InTime(Dictionary<string, string> tags, DateTimeOffset now)
    {
        if (Moment(tags, "t") is { } signed && signed > now + Skew) return false;
        return !tags.ContainsKey("x") || (Moment(tags, "x") is { } ends && now <= ends + Skew);
    }

    private static DateTimeOffset? Moment(Dictionary<string, string> tags, string tag) =>
        long.TryParse(tags.GetValueOrDefault(tag), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string[] Signed(Dictionary<string, string> tags) => tags.GetValueOrDefault("h", "").Split(':', StringSplitOptions.TrimEntries);

    /// <summary>The parser keeps Content-… with the body, and reads the first where the signature covers the last.</summary>
    private static int Count(MimeMessage message, string field) => message.Headers.Concat(message.Body?.Headers ?? []).Count(h => h.Field.Trim().Equals(field, StringComparison.OrdinalIgnoreCase));

    private static string HashOf(Dictionary<string, string> tags) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(tags.GetValueOrDefault("b", "").Where(c => !char.IsWhiteSpace(c))))));

    /// <summary>Relaxed alignment: the same domain, or one below the other, as long as the upper one is somebody's own.</summary>
    internal static bool IsAligned(string signing, string? from)
    {
        if (from is null) return false;
        if (signing.Equals(from, StringComparison.OrdinalIgnoreCase)) return true;
        var (upper, lower) = signing.Length < from.Length ? (signing, from) : (from, signing);
        // gs.cn, bj.cn and their like are the provinces' shared endings.
        var shared = SharedEndings.Contains(upper) || (upper.Length == 5 && upper.EndsWith(".cn", StringComparison.OrdinalIgnoreCase));
        return upper.Contains('.', StringComparison.Ordinal) && !shared && lower.EndsWith("." + upper, StringComparison.OrdinalIgnoreCase);
    }

    private static Dictionary<string, string> Tags(string value)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in value.Split(';'))
            if (tag.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                tags.TryAdd(tag[..equals].Trim(), tag[(equals + 1)..].Trim());
        return tags;
    }

    private sealed class KeyLocator(IDkimKeys keys) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("Keys are looked up asynchronously only.");

        /// <summary>By what the record says, so that nothing here can be out of date: reading an RSA key tests its modulus, which takes longer than all the rest of a mail.</summary>
        private static readonly ConcurrentDictionary<string, AsymmetricKeyParameter> Read = new(StringComparer.Ordinal);

        public override async Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            var record = await keys.FindAsync(selector, domain, cancellationToken) ?? throw new KeyMissingException();
            if (!Vouches(record)) throw new KeyMissingException();
            if (Read.TryGetValue(record, out var known)) return known;
            if (Read.Count >= MostKeys) Read.Clear(); // Strangers choose what stands here.
            return Read[record] = GetPublicKey(record);
        }

        /// <summary>A withdrawn key, one on trial (t=y) and one for another service than mail say nothing: the mail is as if unsigned (RFC 6376, 3.6.1).</summary>
        private static bool Vouches(string record)
        {
            var tags = Tags(record);
            var onTrial = tags.GetValueOrDefault("t", "").Split(':', StringSplitOptions.TrimEntries).Contains("y", StringComparer.OrdinalIgnoreCase);
            var services = tags.GetValueOrDefault("s", "*").Split(':', StringSplitOptions.TrimEntries);
            return !onTrial && tags.GetValueOrDefault("p") is { Length: > 0 } && (services.Contains("*") || services.Contains("email", StringComparer.OrdinalIgnoreCase));
        }
    }

    private sealed class KeyMissingException : Exception;
}
