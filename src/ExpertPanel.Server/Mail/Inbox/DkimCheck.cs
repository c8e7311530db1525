using System.Collections.Concurrent;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Verifies DKIM here and now. Authentication-Results in the mail is somebody else's word and anybody can write it, so it is never read.
/// </summary>
internal static class DkimCheck
{
    private const int MaxSignatures = 5;

    private const int MostKeys = 256;

    /// <summary>Shared endings under which anybody may own a name: a signature of the ending does not speak for the names.</summary>
    private static readonly HashSet<string> SharedEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "ac.cn", "com.cn", "edu.cn", "gov.cn", "mil.cn", "net.cn", "org.cn", "com.hk", "gov.hk", "org.hk", "edu.hk", "com.tw", "edu.tw", "gov.tw", "org.tw",
        "com.mo", "com.sg", "co.uk", "co.jp", "co.kr", "com.au",
    };

    public static async Task<MailAuthentication> VerifyAsync(MimeMessage message, string? fromDomain, IDkimKeys keys, CancellationToken ct)
    {
        var verifier = new DkimVerifier(new KeyLocator(keys));
        var result = DkimResult.None;
        foreach (var signature in message.Headers.Where(header => header.Id == HeaderId.DkimSignature).Take(MaxSignatures))
        {
            ct.ThrowIfCancellationRequested();
            var tags = Tags(signature.Value);
            var verdict = await VerifyAsync(verifier, message, signature, tags, ct);
            if (verdict is DkimResult.Pass && tags.GetValueOrDefault("d") is { } domain && IsAligned(domain, fromDomain))
                return new MailAuthentication(DkimResult.Pass, domain.ToLowerInvariant());
            if (verdict is DkimResult.Pass || result is DkimResult.None) result = verdict;
        }

        return new MailAuthentication(result, AlignedDomain: null);
    }

    private static async Task<DkimResult> VerifyAsync(DkimVerifier verifier, MimeMessage message, Header signature, Dictionary<string, string> tags, CancellationToken ct)
    {
        // With l= a signature covers only the beginning of the body; anybody could have written the opinion below it.
        var coversAll = !tags.ContainsKey("l") && tags.GetValueOrDefault("h", "").Split(':', StringSplitOptions.TrimEntries).Contains("from", StringComparer.OrdinalIgnoreCase);
        try
        {
            return await verifier.VerifyAsync(message, signature, ct) && coversAll ? DkimResult.Pass : DkimResult.Fail;
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
            if (Read.TryGetValue(record, out var known)) return known;
            if (Read.Count >= MostKeys) Read.Clear(); // Strangers choose what stands here.
            return Read[record] = GetPublicKey(record);
        }
    }

    private sealed class KeyMissingException : Exception;
}
