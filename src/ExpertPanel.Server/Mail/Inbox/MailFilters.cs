using ExpertPanel.Server.Mail.Inbox.Filters;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>One filter's word: nothing to say (Continue), a person decides (Hold), or a machine wrote it (Ignore).</summary>
public sealed record FilterAnswer
{
    private FilterAnswer(MailVerdict verdict, MailKind kind, string reason) => (Verdict, Kind, Reason) = (verdict, kind, reason);

    public static FilterAnswer Continue { get; } = new(MailVerdict.Count, MailKind.Reply, "well-formed");

    public MailVerdict Verdict { get; }

    public MailKind Kind { get; }

    public string Reason { get; }

    public static FilterAnswer Hold(string reason, MailKind kind = MailKind.Reply) => new(MailVerdict.Hold, kind, reason);

    public static FilterAnswer Ignore(string reason, MailKind kind) => new(MailVerdict.Ignore, kind, reason);
}

public interface IMailFilter
{
    FilterAnswer Check(ParsedMail mail);
}

/// <summary>
/// The order matters: first what a machine wrote, for an out-of-office reply and a bounce carry our token and our Message-ID as
/// faithfully as an opinion does; then what makes a person's reply doubtful. Whatever passes all may count.
/// </summary>
public static class MailFilters
{
    private static readonly IMailFilter[] InOrder =
    [
        new Loop(), new Bounce(), new ReadReceipt(), new AutoReply(), new MachineSender(), new MailingList(), new Calendar(), new Recall(), new Reaction(), new AutoReplyText(),
        new Encrypted(), new Sender(), new Token(), new Readable(),
    ];

    public static FilterAnswer Judge(ParsedMail mail)
    {
        foreach (var filter in InOrder)
            if (filter.Check(mail) is var answer && answer != FilterAnswer.Continue)
                return answer;
        return FilterAnswer.Continue;
    }
}
