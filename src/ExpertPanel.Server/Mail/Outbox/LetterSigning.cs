using System.Collections.Concurrent;
using ExpertPanel.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;

namespace ExpertPanel.Server.Mail.Outbox;

/// <summary>One committee's DKIM key; the public half stands in DNS as the TXT record of <c>Selector._domainkey.Domain</c>.</summary>
public sealed class SigningOptions
{
    public string Domain { get; set; } = "";

    public string Selector { get; set; } = "";

    /// <summary>A private key as PEM: RSA of 2048 bits or more, or Ed25519.</summary>
    public string KeyFile { get; set; } = "";
}

/// <summary>
/// DKIM (RFC 6376, Ed25519 by RFC 8463) over what the reader sees and what a reply goes by. A committee without a key of its own signs
/// with that named <c>default</c>; without any, letters leave unsigned.
/// </summary>
public sealed class LetterSigning(PanelDbFactory databases, IOptions<MailOptions> options)
{
    private static readonly HeaderId[] Signed =
    [
        HeaderId.From, HeaderId.To, HeaderId.ReplyTo, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.InReplyTo, HeaderId.References,
        HeaderId.MimeVersion, HeaderId.ContentType, HeaderId.AutoSubmitted, HeaderId.ListId,
    ];

    private readonly ConcurrentDictionary<Guid, TimedSigner?> signers = new();

    /// <param name="writtenAt">Stands as the time of signing, so that every attempt gives the same bytes.</param>
    public async ValueTask SignAsync(MimeMessage message, Guid tenantId, DateTimeOffset writtenAt, CancellationToken ct)
    {
        if (options.Value.Signing.Count == 0) return;
        if (!signers.TryGetValue(tenantId, out var signer)) signers[tenantId] = signer = await SignerOfAsync(tenantId, ct);
        if (signer is null) return;
        message.Prepare(EncodingConstraint.SevenBit);
        signer.At(writtenAt).Sign(message, [.. Signed.Where(message.Headers.Contains)]);
    }

    private async Task<TimedSigner?> SignerOfAsync(Guid tenantId, CancellationToken ct)
    {
        await using var db = databases.Create(Guid.Empty);
        var code = await db.Committees.Where(c => c.Id == tenantId).Select(c => c.Code).SingleAsync(ct);
        return options.Value.SigningOf(code) is { } key ? new(key) : null;
    }

    /// <summary>Reads the key file once: reading an RSA key tests its primes, which takes longer than signing.</summary>
    private sealed class TimedSigner : DkimSigner
    {
        private readonly DateTimeOffset at;

        public TimedSigner(SigningOptions key)
            : base(key.KeyFile, key.Domain, key.Selector)
        {
        }

        private TimedSigner(TimedSigner known, DateTimeOffset at)
            : base(known.PrivateKey, known.Domain, known.Selector)
        {
            this.at = at;
            SignatureAlgorithm = PrivateKey is Org.BouncyCastle.Crypto.Parameters.Ed25519PrivateKeyParameters ? DkimSignatureAlgorithm.Ed25519Sha256 : DkimSignatureAlgorithm.RsaSha256;
            (HeaderCanonicalizationAlgorithm, BodyCanonicalizationAlgorithm) = (DkimCanonicalizationAlgorithm.Relaxed, DkimCanonicalizationAlgorithm.Relaxed);
        }

        public TimedSigner At(DateTimeOffset time) => new(this, time);

        protected override long GetTimestamp() => at.ToUnixTimeSeconds();
    }
}
