namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>Nobody answers from an address that takes no answers; a notice of a gateway or an approval queue does.</summary>
internal sealed class MachineSender : IMailFilter
{
    private static readonly string[] Names =
        ["noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply", "postmaster", "quarantine", "antispam", "mailgateway", "notification", "notifications"];

    public FilterAnswer Check(ParsedMail mail) =>
        mail.Message.From.Mailboxes.FirstOrDefault()?.LocalPart is { } local && Names.Contains(local, StringComparer.OrdinalIgnoreCase) ? FilterAnswer.Hold("machine-sender", MailKind.AutoReply) : FilterAnswer.Continue;
}
