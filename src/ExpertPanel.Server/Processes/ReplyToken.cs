using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Processes;

/// <summary>
/// The 128-bit token of an invitation, in mail addresses and links. It is derived (HMAC-SHA256 of the installation's key over the tenant
/// and the invitation) each time a letter is made, so it stands nowhere at rest; only its SHA-256 is stored. Base32 in lower case, because
/// mail servers change the case of local parts.
/// </summary>
public sealed class ReplyTokens(byte[] key)
{
    public const int Length = 26;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public string TokenOf(Guid tenantId, Guid invitationId) => Derive("r1", tenantId, invitationId);

    /// <summary>The token of a question about a held mail; it opens that one question and no invitation.</summary>
    public string ConfirmationOf(Guid tenantId, Guid confirmationId) => Derive("c1", tenantId, confirmationId);

    /// <summary>The token of an invitation to choose the password of an account.</summary>
    public string AccountInvitationOf(Guid tenantId, Guid invitationId) => Derive("a1", tenantId, invitationId);

    private string Derive(string purpose, Guid tenantId, Guid id)
    {
        Span<byte> subject = stackalloc byte[34];
        Encoding.ASCII.GetBytes(purpose, subject);
        tenantId.TryWriteBytes(subject[2..]);
        id.TryWriteBytes(subject[18..]);
        return Base32(HMACSHA256.HashData(key, subject).AsSpan(0, 16));
    }

    public string HashOf(Guid tenantId, Guid invitationId) => HashOf(TokenOf(tenantId, invitationId));

    /// <summary>A key of its own for another purpose, from which the installation's can't be told.</summary>
    public byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, SHA256.HashSizeInBytes, info: Encoding.ASCII.GetBytes(purpose));

    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token.Trim().ToLowerInvariant())));

    /// <summary>The installation's key: the setting <c>Secrets:ReplyKey</c> (64 hex digits), or a file made at the first start.</summary>
    /// <exception cref="OptionsValidationException">The setting or the file is not 64 hex digits.</exception>
    public static ReplyTokens Load(string? setting, string appData)
    {
        var file = Path.Combine(appData, "reply.key");
        if (string.IsNullOrWhiteSpace(setting) && !File.Exists(file))
        {
            Directory.CreateDirectory(appData);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(file, options);
            writer.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }

        var hex = (string.IsNullOrWhiteSpace(setting) ? File.ReadAllText(file) : setting).Trim();
        return hex.Length == 64 && hex.All(char.IsAsciiHexDigit)
            ? new(Convert.FromHexString(hex))
            : throw new OptionsValidationException("Secrets", typeof(ReplyTokens), ["Secrets:ReplyKey (or reply.key in AppData): expected 64 hex digits"]);
    }

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(Length);
        var (buffer, bits) = (0, 0);
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            bits += 8;
            while (bits >= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
                bits -= 5;
            }

            buffer &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(Alphabet[(buffer << (5 - bits)) & 31]).ToString() : text.ToString();
    }
}
