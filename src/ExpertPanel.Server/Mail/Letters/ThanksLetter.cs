namespace ExpertPanel.Server.Mail.Letters;

public sealed class ThanksLetter(LetterSource source) : ExpertLetter(source)
{
    public override string Name => "专家咨询致谢";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"您好！您就{TheMatter}提出的法律意见已经收悉并计入，本轮咨询现已截止。感谢您的专业意见和对政府法制工作的支持。");
        yield return Say("您的意见将作为合法性审查的参考。有关材料请退回或者销毁，咨询内容请继续保密。您无需再作答复。");
    }
}
