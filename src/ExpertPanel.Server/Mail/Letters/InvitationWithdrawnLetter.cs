namespace ExpertPanel.Server.Mail.Letters;

public sealed class InvitationWithdrawnLetter(LetterSource source) : ExpertLetter(source)
{
    public override string Name => "专家咨询撤回通知";

    protected override IEnumerable<LetterPart> Write()
    {
        var because = Source.Contents is { } open && open.Has("reason") ? $"因{open.Text("reason")}，" : "";
        yield return Say($"您好！{because}我办就{TheMatter}向您发出的咨询现予撤回，您无需再答复，原链接不再受理意见。");
        yield return Say("已收到的材料请退回或者销毁，咨询内容请继续保密。感谢您的支持，今后仍请您不吝赐教。");
    }
}
