namespace ExpertPanel.Server.Mail.Letters;

public sealed class RoundExtendedLetter(LetterSource source) : ExpertLetter(source)
{
    public override string Name => "专家咨询延期通知";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"您好！我办就{TheMatter}进行的专家咨询已经延长，仍请您提出意见，新的提交期限为{Source.Day("due")}。");
        yield return ReplyPage("网页答复");
        yield return Say(Source.Contents is null
            ? "请不要用邮件回复意见的内容：本事项的意见只在网页上提交。"
            : "您也可以用登记邮箱回复本邮件，首行写“意见：合法”“意见：修改后合法”“意见：不合法”或者“意见：弃权”，其后写明理由；不便参加的，首行写“谢绝”。");
    }
}
