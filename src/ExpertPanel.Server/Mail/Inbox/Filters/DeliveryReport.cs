using System.Text.RegularExpressions;
using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>Which address failed, for good or for now, and which letter it was; from the standard parts, else from the words.</summary>
internal sealed record DeliveryReport(string? Recipient, string? OriginalMessageId, bool Permanent, bool Delayed, bool Delivered = false)
{
    // Linear-time engine: the text is the sender's.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex Address = new(@"[a-z0-9._%+=-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+", Linear);

    private static readonly Regex PermanentWords = new(@"\b5\.\d{1,3}\.\d{1,3}\b|\b55[0-4]\b|不存在|没有这个|无此用户|已停用|user unknown|no such user|does not exist|mailbox unavailable|unknown user", Linear);

    private static readonly Regex MessageIdLine = new(@"message-id:\s*<(?<id>[^<>\s]{1,250})>", Linear);

    public static DeliveryReport Of(ParsedMail mail)
    {
        var words = mail.Text + "\n" + mail.Elided;
        var original = OriginalId(mail.Message, words);
        if (FromStatus(mail.Message) is { } status) return status with { OriginalMessageId = original };

        var recipient = mail.Header("X-Failed-Recipients")?.Split(',')[0].Trim() ?? FirstForeignAddress(mail.Message, words);
        return new DeliveryReport(recipient, original, PermanentWords.IsMatch(words), Delayed: false);
    }

    private static DeliveryReport? FromStatus(MimeMessage message)
    {
        var groups = message.BodyParts.OfType<MessageDeliveryStatus>().SelectMany(part => part.StatusGroups).Where(group => group.Contains("Final-Recipient")).ToList();
        var group = groups.Find(group => Is(group["Action"], "failed")) ?? groups.FirstOrDefault();
        if (group is null) return null;
        var recipient = group["Original-Recipient"] ?? group["Final-Recipient"] ?? "";
        var delayed = Is(group["Action"], "delayed");
        // Asked for or not, servers also report success; that opens no seat.
        var delivered = Is(group["Action"], "delivered") || Is(group["Action"], "relayed") || Is(group["Action"], "expanded");
        return new DeliveryReport(recipient[(recipient.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim(), OriginalMessageId: null,
            !delayed && !delivered && group["Status"]?.Trim().StartsWith('4') != true, delayed, delivered);
    }

    private static string? OriginalId(MimeMessage message, string words)
    {
        var returned = Returned(message.Body)?.MessageId;
        if (returned is not null) return returned;
        var written = MessageIdLine.Match(words);
        return written.Success ? written.Groups["id"].Value : message.InReplyTo ?? message.References.LastOrDefault();
    }

    /// <summary>BodyParts goes into the returned letter instead of naming it, hence the walk; its depth was limited at parsing.</summary>
    private static MimeMessage? Returned(MimeEntity? entity) => entity switch
    {
        MessagePart part => part.Message,
        Multipart multipart => multipart.Select(Returned).FirstOrDefault(message => message is not null),
        _ => null,
    };

    private static string? FirstForeignAddress(MimeMessage message, string words)
    {
        var involved = message.From.Mailboxes.Concat(message.To.Mailboxes).Select(mailbox => mailbox.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Address.Matches(words).Select(match => match.Value).FirstOrDefault(address => !involved.Contains(address) && !ReplyAddress.TryFindToken(address, out _));
    }

    private static bool Is(string? value, string word) => value?.Trim().StartsWith(word, StringComparison.OrdinalIgnoreCase) == true;
}
