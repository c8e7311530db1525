using static ExpertPanel.Server.Mail.Letters.LetterPart;

namespace ExpertPanel.Server.Mail.Letters;

public sealed class SupplementNoticeLetter(LetterSource source) : SponsorLetter(source)
{
    public override string Name => "补正通知";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"你单位送审的{TheMatter}，经初审尚需补正材料。请于{Source.Day("due")}前一次补齐；逾期未补正的，视为撤回送审。");
        yield return Source.Contents is { } open ? new Items("需补正的材料", open.Lines("items")) : NotByMail;
        yield return MatterPage;
        yield return Say("补正期间不计入审查时限。");
    }
}
