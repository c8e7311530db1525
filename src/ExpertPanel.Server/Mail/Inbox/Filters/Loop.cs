using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>Our own letter come back: by its mark, by its sender, or by having passed too many servers.</summary>
internal sealed class Loop : IMailFilter
{
    /// <summary>Every letter of ours carries it.</summary>
    public const string Header = "X-ExpertPanel-Loop";

    public FilterAnswer Check(ParsedMail mail)
    {
        if (mail.Header(Header) is not null) return FilterAnswer.Ignore("own-letter", MailKind.Loop);
        if (mail.Limits.OwnMailbox is { } own && mail.Message.From.Mailboxes.Any(from => IsOwn(from.Address, own))) return FilterAnswer.Ignore("own-sender", MailKind.Loop);
        var hops = mail.Message.Headers.Count(header => header.Id == HeaderId.Received);
        return hops > mail.Limits.MaxReceived ? FilterAnswer.Ignore("too-many-hops", MailKind.Loop) : FilterAnswer.Continue;
    }

    private static bool IsOwn(string address, string own)
    {
        var plus = address.IndexOf('+', StringComparison.Ordinal);
        var at = address.LastIndexOf('@');
        var plain = plus >= 0 && plus < at ? address.Remove(plus, at - plus) : address;
        return plain.Equals(own, StringComparison.OrdinalIgnoreCase);
    }
}
