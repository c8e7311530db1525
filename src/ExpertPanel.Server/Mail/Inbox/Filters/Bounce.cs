using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>
/// A letter of ours that could not be delivered. RFC 3464 reports are the easy half; QQ, 163 and others send ordinary
/// multipart/mixed mails in Chinese from a postmaster.
/// </summary>
internal sealed class Bounce : IMailFilter
{
    private static readonly string[] DaemonNames = ["mailer-daemon", "mailerdaemon", "mail-daemon", "mailer_daemon"];

    private static readonly string[] PostmasterNames = ["postmaster", "noreply", "no-reply", "no_reply", "donotreply", "system", "sysadmin", "admin", "administrator", "mailadmin", "mailsystem", "mail-system", "postman"];

    private static readonly string[] SubjectWords =
    [
        "退信", "退回邮件", "邮件退回", "投递失败", "发送失败", "传送失败", "傳送失敗", "無法送達", "无法送达", "无法投递", "未送达", "undeliver", "delivery status notification", "mail delivery", "delivery failure",
        "delivery has failed", "returned mail", "failure notice", "returned to sender", "delivery delayed",
    ];

    public FilterAnswer Check(ParsedMail mail)
    {
        if (!IsBounce(mail)) return FilterAnswer.Continue;
        var report = DeliveryReport.Of(mail);
        return FilterAnswer.Ignore(report.Delivered ? "delivered" : report.Delayed ? "delivery-delayed" : "delivery-failed", MailKind.Bounce);
    }

    private static bool IsBounce(ParsedMail mail)
    {
        if (mail.Message.Body is MultipartReport { ReportType: { } type } && type.Equals("delivery-status", StringComparison.OrdinalIgnoreCase)) return true;
        if (mail.Header("X-Failed-Recipients") is not null) return true;
        var local = mail.Message.From.Mailboxes.FirstOrDefault()?.LocalPart ?? "";
        if (Contains(DaemonNames, local)) return true;
        var subject = mail.Message.Subject ?? "";
        return Contains(PostmasterNames, local) && (NullReturnPath(mail) || SubjectWords.Any(word => subject.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Only the last server may write it; it says that nobody wants an answer.</summary>
    internal static bool NullReturnPath(ParsedMail mail) => mail.Header("Return-Path") is "<>" or "< >";

    private static bool Contains(string[] names, string local) => names.Contains(local, StringComparer.OrdinalIgnoreCase);
}
