using static ExpertPanel.Server.Mail.Letters.LetterPart;

namespace ExpertPanel.Server.Mail.Letters;

public sealed class ExtensionNoticeLetter(LetterSource source) : SponsorLetter(source)
{
    public override string Name => "延长审查期限通知";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"你单位送审的{TheMatter}，经批准延长审查期限，新的审查期限为{Source.Day("due")}。");
        yield return Source.Contents is { } open ? new Items("延长理由", open.Lines("reason")) : NotByMail;
        yield return MatterPage;
        yield return Say("请据此安排后续工作；审查期间请勿提请审议。");
    }
}
