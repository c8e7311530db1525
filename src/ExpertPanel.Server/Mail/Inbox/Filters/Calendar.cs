namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>An answer to a meeting request is sent by a button; a request made by the expert wants a person.</summary>
internal sealed class Calendar : IMailFilter
{
    public FilterAnswer Check(ParsedMail mail)
    {
        var part = mail.Message.BodyParts.FirstOrDefault(part => part.ContentType.IsMimeType("text", "calendar") || part.ContentType.IsMimeType("application", "ics"));
        if (part is null) return FilterAnswer.Continue;
        var answered = "reply".Equals(part.ContentType.Parameters["method"], StringComparison.OrdinalIgnoreCase);
        return answered && string.IsNullOrWhiteSpace(mail.Text) ? FilterAnswer.Ignore("calendar-answer", MailKind.AutoReply) : FilterAnswer.Hold("calendar");
    }
}
