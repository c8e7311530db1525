using System.Security.Cryptography;

namespace ExpertPanel.Server.Processes;

/// <summary>
/// A frozen draw lies in the database with its secret sealed, so that nobody who can read the database, or a copy of it, can tell what a
/// beacon would lead to. The key is derived from the installation's, which stands in a file or a setting; only the step that draws opens
/// the seal, and the transcript then shows the secret to everybody. The rest of the frozen text stays readable and keeps its hash, which
/// leaves the secret out.
/// </summary>
public sealed class DrawSecrets(ReplyTokens installation, ILogger<DrawSecrets> log)
{
    private const string Sealed = "sealed:";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] key = installation.KeyFor("expertpanel/draw-secret/1");

    /// <summary>The frozen text with its secret sealed for this draw alone.</summary>
    public string Seal(Guid drawId, string inputJson)
    {
        var secret = SecretOf(inputJson) ?? throw new ArgumentException("A frozen draw has no secret.", nameof(inputJson));
        var plain = Convert.FromHexString(secret);
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), drawId.ToByteArray());
        return Replaced(inputJson, secret, Sealed + Convert.ToBase64String(box));
    }

    /// <summary>
    /// The frozen text as it was composed. One of before secrets were sealed comes back as it is; one whose seal another key or a hand has
    /// broken stays sealed, and the draw then refuses it as changed evidence.
    /// </summary>
    public string Open(Guid drawId, string stored)
    {
        if (SecretOf(stored) is not { } secret || !secret.StartsWith(Sealed, StringComparison.Ordinal)) return stored;
        try
        {
            var box = Convert.FromBase64String(secret[Sealed.Length..]);
            var plain = new byte[box.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), plain, drawId.ToByteArray());
            return Replaced(stored, secret, Convert.ToHexStringLower(plain));
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException or OverflowException)
        {
            log.LogError("The secret of draw {Draw} can't be opened: the reply key is another than when it was frozen, or the row was edited", drawId);
            return stored;
        }
    }

    /// <summary>The composer writes the secret last, and a quote within a text is escaped: no parse of the whole pool finds it better.</summary>
    private static string? SecretOf(string inputJson)
    {
        const string field = "\"secret\":\"";
        var at = inputJson.LastIndexOf(field, StringComparison.Ordinal);
        if (at < 0) return null;
        var from = at + field.Length;
        var to = inputJson.IndexOf('"', from);
        return to < 0 ? null : inputJson[from..to];
    }

    /// <summary>The composer writes the secret last; nothing before it can be taken for it.</summary>
    private static string Replaced(string inputJson, string secret, string by)
    {
        var at = inputJson.LastIndexOf(secret, StringComparison.Ordinal);
        return string.Concat(inputJson.AsSpan(0, at), by, inputJson.AsSpan(at + secret.Length));
    }
}
