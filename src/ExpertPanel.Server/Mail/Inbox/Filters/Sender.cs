using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>Exactly one author. With two, one client shows the one while another check is made on the other.</summary>
internal sealed class Sender : IMailFilter
{
    public FilterAnswer Check(ParsedMail mail)
    {
        if (Address(mail.Message) is not null) return FilterAnswer.Continue;
        return FilterAnswer.Hold(Headers(mail.Message) > 1 || mail.Message.From.Count > 1 || mail.Message.From.Mailboxes.Skip(1).Any() ? "several-senders" : "no-sender");
    }

    /// <summary>The one author's address, or null when there is none or more than one.</summary>
    internal static string? Address(MimeMessage message)
    {
        if (Headers(message) != 1) return null;
        // A group ("office: a@b.cn;", RFC 6854) names nobody who wrote; only a mailbox of its own is an author.
        var authors = message.From.Take(2).ToList();
        return authors is [MailboxAddress { Address: { } address }] && address.IndexOf('@', StringComparison.Ordinal) > 0 && !address.EndsWith('@') ? address : null;
    }

    private static int Headers(MimeMessage message) => message.Headers.Count(header => header.Field.Trim().Equals("From", StringComparison.OrdinalIgnoreCase));
}
