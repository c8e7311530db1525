namespace ExpertPanel.Server.Mail.Letters;

public sealed class FeedbackReminderLetter(LetterSource source) : SponsorLetter(source)
{
    public override string Name => "采纳情况反馈提醒";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"你单位送审的{TheMatter}，合法性审查意见书（{Source.DocumentNumber}）已经送达，采纳情况的反馈期限为{Source.Day("due")}，目前尚未收到反馈。");
        yield return MatterPage;
        yield return Say("请登录系统填写采纳、部分采纳或者未采纳；未完全采纳的，请说明理由。");
    }
}
