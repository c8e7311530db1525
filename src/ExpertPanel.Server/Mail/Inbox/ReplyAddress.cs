using System.Diagnostics.CodeAnalysis;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// The address an expert replies to: <c>opinions+r-TOKEN@panel.example</c>. The token is 128 bits in lower-case base32 (RFC 4648),
/// because mail servers fold the case of local parts on the way.
/// </summary>
public static class ReplyAddress
{
    public const int TokenLength = 26;

    private const string Mark = "+r-";

    public static string Format(string mailbox, string token)
    {
        var at = mailbox.LastIndexOf('@');
        if (at <= 0 || at == mailbox.Length - 1) throw new ArgumentException("A mailbox has a local part and a domain.", nameof(mailbox));
        if (!IsToken(token)) throw new ArgumentException($"A token is {TokenLength} characters of a-z and 2-7.", nameof(token));
        return $"{mailbox[..at]}{Mark}{token.ToLowerInvariant()}{mailbox[at..]}";
    }

    /// <summary>The token in one address or in the raw value of an address header; the first one when there are several.</summary>
    public static bool TryFindToken(string? addresses, [NotNullWhen(true)] out string? token)
    {
        token = FindTokens(addresses).FirstOrDefault();
        return token is not null;
    }

    /// <summary>Reads header text directly: a header too odd for an address parser must not hide a good token.</summary>
    public static IEnumerable<string> FindTokens(string? addresses)
    {
        if (addresses is null) yield break;
        for (var at = addresses.IndexOf(Mark, StringComparison.OrdinalIgnoreCase); at >= 0; at = addresses.IndexOf(Mark, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var start = at + Mark.Length;
            var end = start + TokenLength;
            if (end < addresses.Length && addresses[end] == '@' && IsToken(addresses.AsSpan(start, TokenLength)))
                yield return addresses[start..end].ToLowerInvariant();
        }
    }

    private static bool IsToken(ReadOnlySpan<char> text)
    {
        if (text.Length != TokenLength) return false;
        foreach (var c in text)
            if (!char.IsAsciiLetter(c) && c is < '2' or > '7')
                return false;
        return true;
    }
}
