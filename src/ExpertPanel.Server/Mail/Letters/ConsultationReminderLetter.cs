namespace ExpertPanel.Server.Mail.Letters;

public sealed class ConsultationReminderLetter(LetterSource source) : ExpertLetter(source)
{
    public override string Name => "专家咨询提醒";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"您好！我办就{TheMatter}向您发出的专家咨询函，答复期限为{Source.Day("due")}，目前尚未收到您的答复。期限届满仍未答复的，将按抽取顺序另请专家。");
        yield return ReplyPage("网页答复");
        yield return Say(Source.Contents is null
            ? "请不要用邮件回复意见的内容：本事项的意见只在网页上提交。"
            : "您也可以用登记邮箱回复本邮件，首行写“意见：合法”“意见：修改后合法”“意见：不合法”或者“意见：弃权”，其后写明理由；不便参加的，首行写“谢绝”。");
        yield return Say("如已答复，请忽略本提醒。");
    }
}
