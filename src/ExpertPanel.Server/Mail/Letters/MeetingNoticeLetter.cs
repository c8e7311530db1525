using static ExpertPanel.Server.Mail.Letters.LetterPart;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>论证会通知. The place may give the sponsor away, so a letter without contents leaves it to the telephone.</summary>
public sealed class MeetingNoticeLetter(LetterSource source) : ExpertLetter(source)
{
    public override string Name => "论证会通知";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"您好！我办定于{Source.Moment("starts")}就{TheMatter}召开论证会，请您出席。");
        if (Source.Contents is { } open)
        {
            yield return new Items("地点", [open.Text("place")]);
            yield return new Items("议题", open.Lines("agenda"));
        }
        else
            yield return Say("因内容不宜通过邮件传送，会议地点和议题请打开网页查看，或者来电询问。");

        yield return ReplyPage("网页查看");
        yield return Say("不能出席的，请及早来电告知；有应当回避情形的，请说明并回避。");
    }
}
