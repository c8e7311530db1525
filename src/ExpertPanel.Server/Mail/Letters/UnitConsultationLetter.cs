using static ExpertPanel.Server.Mail.Letters.LetterPart;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>征求意见函 to another unit. Its answer is entered by the handler: consultation is not review (713号令 art. 25).</summary>
public sealed class UnitConsultationLetter(LetterSource source) : Letter(source)
{
    public override string Name => "征求意见函";

    protected override IEnumerable<LetterPart> Write()
    {
        if (Source.Contents is { } open)
        {
            yield return Say($"我办正在办理{open.SponsoringUnit}送审的“{open.Title}”（收文编号：{Source.Number}），现就下列问题征求你单位意见，请于{Source.Day("due")}前书面函复。");
            yield return new Items("征求意见的问题", open.Lines("question"));
            yield return Say("复函请加盖单位印章，扫描件可以作为附件回复本邮件，原件随后寄送。");
        }
        else
        {
            yield return Say($"我办正在办理收文编号 {Source.Number} 的事项，需要征求你单位意见，请于{Source.Day("due")}前书面函复。");
            yield return Say("因内容不宜通过邮件传送，请派员到我办领取征求意见的材料，并以纸质复函答复，不要用邮件回复意见的内容。");
        }
    }
}
