using System.Text.RegularExpressions;
using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>RFC 8098: the letter was displayed or deleted. It says nothing about the matter. Chinese clients send the same as an ordinary mail.</summary>
internal sealed class ReadReceipt : IMailFilter
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex Subject = new(@"^\s*(已读(回执)?|已讀|阅读回执|未读|read|not read|read receipt|return receipt \(displayed\))\s*[:：-]", Linear);

    private static readonly Regex Body = new(@"(邮件|郵件|message|mail).{0,40}(已读|已阅读|被阅读|曾显示|阅读时间|was (read|displayed|opened))|邮件收条|已读回执|已阅读您的邮件|return receipt", Linear);

    public FilterAnswer Check(ParsedMail mail)
    {
        var isStandard = mail.Message.Body is MultipartReport { ReportType: { } type } && type.Equals("disposition-notification", StringComparison.OrdinalIgnoreCase);
        var isPlain = mail.Attachments.Count == 0 && mail.Text.Length < 500 && Subject.IsMatch(mail.Message.Subject ?? "") && Body.IsMatch(mail.Text.ReplaceLineEndings(" "));
        return isStandard || isPlain ? FilterAnswer.Ignore("read-receipt", MailKind.AutoReply) : FilterAnswer.Continue;
    }
}
