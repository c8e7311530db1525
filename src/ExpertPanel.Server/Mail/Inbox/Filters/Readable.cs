namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>There must be something to count: words of the expert's own, or a file.</summary>
internal sealed class Readable : IMailFilter
{
    public FilterAnswer Check(ParsedMail mail)
    {
        if (mail.TextFault is { } fault) return FilterAnswer.Hold(fault);
        // A forwarded mail with nothing beside it: whose opinion it is, and whether it is one, a person says.
        if (string.IsNullOrWhiteSpace(mail.Text) && mail.Attachments.Count > 0 && mail.Attachments.All(attachment => attachment.Type == "message/rfc822")) return FilterAnswer.Hold("only-attached-mail");
        if (!string.IsNullOrWhiteSpace(mail.Text) || mail.Attachments.Any(attachment => attachment.Size > 0)) return FilterAnswer.Continue;
        return FilterAnswer.Hold(string.IsNullOrWhiteSpace(mail.Elided) ? "empty" : "only-quoted");
    }
}
