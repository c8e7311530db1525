namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>A thumb put under our letter. Whether it means consent, its owner must say.</summary>
internal sealed class Reaction : IMailFilter
{
    public FilterAnswer Check(ParsedMail mail) =>
        mail.Message.BodyParts.Any(part => part.ContentType.IsMimeType("text", "vnd.google.email-reaction+json")) || mail.Message.Headers.Contains("X-MS-Reactions") && string.IsNullOrWhiteSpace(mail.Text)
            ? FilterAnswer.Hold("reaction")
            : FilterAnswer.Continue;
}
