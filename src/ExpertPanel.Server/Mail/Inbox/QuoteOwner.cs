using System.Text.RegularExpressions;
using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// What a quote of our letter says in its announcement: our address or name, the expert's, or the subject. A letter between others that an
/// expert cites as evidence says none of these, and stays.
/// </summary>
public sealed partial class QuoteOwner(IEnumerable<string?> keys)
{
    private const int ShortestKey = 2;

    private readonly string[] keys = [.. keys.Select(Plain).Where(key => key.Length >= ShortestKey).Distinct(StringComparer.Ordinal)];

    public static QuoteOwner Of(MimeMessage message)
    {
        var ours = message.To.Mailboxes.Concat(message.Cc.Mailboxes).Take(20).ToList();
        var expert = message.From.Mailboxes.Take(1).ToList();
        return new(
        [
            .. ours.Where(m => ReplyAddress.TryFindToken(m.Address, out _)).SelectMany(m => new[] { m.Address[m.Address.LastIndexOf('@')..], m.Name }),
            .. expert.SelectMany(m => new[] { m.Address, m.Name }),
            Subject(SubjectText.Of(message) ?? ""),
        ]);
    }

    public bool IsNamedIn(string announcement)
    {
        var plain = Plain(announcement);
        return keys.Length == 0 || Array.Exists(keys, key => plain.Contains(key, StringComparison.Ordinal));
    }

    /// <summary>Without Re: and 回复：, however often.</summary>
    private static string? Subject(string subject)
    {
        var bare = Prefixes().Replace(subject, "").Trim();
        return bare.Length >= 4 ? bare : null;
    }

    /// <summary>Without the white space at which clients fold and the quotation marks they add.</summary>
    private static string Plain(string? text) => string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('"' or '\'' or '“' or '”'))).ToLowerInvariant();

    [GeneratedRegex(@"^(\s*(re|fw|fwd|aw|回复|回覆|答复|答覆|转发|轉寄|轉發)\s*(\[\d+\]|\(\d+\))?\s*[:：])+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Prefixes();
}
