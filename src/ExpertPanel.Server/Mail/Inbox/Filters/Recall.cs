namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>An expert who takes a mail back wants a person to know, and has said nothing yet.</summary>
internal sealed class Recall : IMailFilter
{
    private static readonly string[] Starts = ["撤回:", "撤回：", "收回:", "收回：", "recall:"];

    public FilterAnswer Check(ParsedMail mail) =>
        mail.Message.Subject?.TrimStart() is { } subject && Array.Exists(Starts, start => subject.StartsWith(start, StringComparison.OrdinalIgnoreCase)) ? FilterAnswer.Hold("recall") : FilterAnswer.Continue;
}
