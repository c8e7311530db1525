using static ExpertPanel.Server.Mail.Letters.LetterPart;

namespace ExpertPanel.Server.Mail.Letters;

public sealed class SuspensionNoticeLetter(LetterSource source) : SponsorLetter(source)
{
    public override string Name => "中止审查通知";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"你单位送审的{TheMatter}，现决定中止审查。中止期间不计入审查时限，恢复审查后继续计算。");
        if (Source.Contents is { } open)
        {
            yield return new Items("中止原因", open.Lines("reason"));
            yield return new Items("恢复条件", open.Lines("until"));
        }
        else
            yield return NotByMail;

        yield return MatterPage;
        yield return Say("恢复条件具备时，请及时告知我办。");
    }
}
