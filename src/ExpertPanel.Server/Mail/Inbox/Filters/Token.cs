namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>Which invitation is answered. Two different tokens are two answers, and a person says which is meant.</summary>
internal sealed class Token : IMailFilter
{
    public FilterAnswer Check(ParsedMail mail) => mail.Tokens.Count switch
    {
        1 => FilterAnswer.Continue,
        0 => FilterAnswer.Hold("no-token"),
        _ => FilterAnswer.Hold("several-tokens"),
    };
}
