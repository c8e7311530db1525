namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>We hold no expert's key: a person asks for the opinion in another form.</summary>
internal sealed class Encrypted : IMailFilter
{
    public FilterAnswer Check(ParsedMail mail)
    {
        var type = mail.Message.Body?.ContentType;
        var sealedUp = type is not null && (type.IsMimeType("multipart", "encrypted") || type.IsMimeType("application", "pkcs7-mime") || type.IsMimeType("application", "x-pkcs7-mime"));
        return sealedUp ? FilterAnswer.Hold("encrypted") : FilterAnswer.Continue;
    }
}
