namespace ExpertPanel.Server.Mail.Letters;

/// <summary>A ready answer to a mail that could not be counted. It says nothing of a matter and carries no token: the sender may be anybody.</summary>
public sealed class MailNoticeLetter(LetterSource source) : Letter(source)
{
    public override string Name => "关于您来信的答复";

    public override string Subject => Name;

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say(Source.OfMail("text"));
    }
}
