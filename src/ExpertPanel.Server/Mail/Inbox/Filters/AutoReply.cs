using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>
/// RFC 3834 and what clients do beside it. An out-of-office reply names our Message-ID in In-Reply-To just as an opinion does, so
/// threading alone would count it.
/// </summary>
internal sealed class AutoReply : IMailFilter
{
    private static readonly string[] MarkHeaders = ["X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-Autoresponder", "X-Autoresponse", "X-Mail-Autoreply", "Auto-Reply"];

    private static readonly string[] SubjectStarts =
    [
        "自动回复", "自动答复", "自动应答", "[自动回复", "【自动回复", "(自动回复", "（自动回复", "自動回覆", "自動回復", "自动转发", "休假自动", "外出自动",
        "out of office", "out-of-office", "out of the office", "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto:",
    ];

    public FilterAnswer Check(ParsedMail mail)
    {
        // The keyword may be followed by parameters: auto-replied (vacation), auto-generated; owner-email=…
        var submitted = mail.Header("Auto-Submitted")?.Split(';', '(', ' ')[0].Trim();
        if (!string.IsNullOrEmpty(submitted) && !submitted.Equals("no", StringComparison.OrdinalIgnoreCase)) return Ignore("auto-submitted");
        if (Array.Exists(MarkHeaders, name => mail.Message.Headers.Contains(name)) || mail.Header("X-MS-Exchange-Generated-Message-Source") is not null) return Ignore("auto-reply-header");
        if (mail.Header("Precedence")?.ToLowerInvariant() is "auto_reply" or "auto-reply" or "bulk" or "junk") return Ignore("precedence");
        // Servers' own notices ask for no automatic answers; should a person's system do so too, a person sees it.
        if ("All".Equals(mail.Header("X-Auto-Response-Suppress"), StringComparison.OrdinalIgnoreCase)) return FilterAnswer.Hold("auto-response-suppressed", MailKind.AutoReply);
        if (mail.Message.Body is MultipartReport { ReportType: { } type } && type.Equals("feedback-report", StringComparison.OrdinalIgnoreCase)) return Ignore("feedback-report");

        if (Bounce.NullReturnPath(mail)) return Ignore("null-return-path");
        var subject = mail.Message.Subject?.TrimStart() ?? "";
        if (!Array.Exists(SubjectStarts, start => subject.StartsWith(start, StringComparison.OrdinalIgnoreCase))) return FilterAnswer.Continue;
        // A subject is weak evidence: machines attach nothing, so with an attachment a person looks.
        return mail.Attachments.Count == 0 ? Ignore("auto-reply-subject") : FilterAnswer.Hold("auto-reply-subject", MailKind.AutoReply);
    }

    private static FilterAnswer Ignore(string reason) => FilterAnswer.Ignore(reason, MailKind.AutoReply);
}
