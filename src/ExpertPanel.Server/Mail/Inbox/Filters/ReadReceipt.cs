using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>RFC 8098: the letter was displayed or deleted. It says nothing about the matter.</summary>
internal sealed class ReadReceipt : IMailFilter
{
    public FilterAnswer Check(ParsedMail mail) =>
        mail.Message.Body is MultipartReport { ReportType: { } type } && type.Equals("disposition-notification", StringComparison.OrdinalIgnoreCase)
            ? FilterAnswer.Ignore("read-receipt", MailKind.AutoReply)
            : FilterAnswer.Continue;
}
