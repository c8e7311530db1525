namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>What came by a list was not written to us alone.</summary>
internal sealed class MailingList : IMailFilter
{
    private static readonly string[] Marks = ["List-Id", "List-Post", "List-Unsubscribe"];

    public FilterAnswer Check(ParsedMail mail) =>
        Array.Exists(Marks, name => mail.Message.Headers.Contains(name)) || "list".Equals(mail.Header("Precedence"), StringComparison.OrdinalIgnoreCase) ? FilterAnswer.Hold("mailing-list") : FilterAnswer.Continue;
}
