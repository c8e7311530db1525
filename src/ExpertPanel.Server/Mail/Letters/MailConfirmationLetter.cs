namespace ExpertPanel.Server.Mail.Letters;

/// <summary>Asks whether an unsigned reply is the expert's own. It repeats nothing of the reply: a forger must not reach the expert by it.</summary>
public sealed class MailConfirmationLetter(LetterSource source) : ExpertLetter(source)
{
    public override string Name => "来信确认";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"您好！我办于{Source.Moment("received")}收到一封以您登记邮箱发出的、对{TheMatter}的答复。该邮件没有发信域名的数字签名，我办不能确认是您本人发出，尚未计入。");
        yield return new LetterPart.Link("请打开以下页面核对，并选择“是我发的”或者“不是我发的”", Source.ConfirmationPage);
        yield return Say("打开页面本身不会登记任何内容。链接只能使用一次，意见提交期限届满后失效。没有发过的，请选择“不是我发的”，我办将另行处理。");
    }
}

/// <summary>Asks whether another address is the expert's too. It goes to an address that is registered already: whoever holds the new one would say yes.</summary>
public sealed class AddressConfirmationLetter(LetterSource source) : ExpertLetter(source)
{
    public override string Name => "登记邮箱确认";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"您好！我办于{Source.Moment("received")}收到一封对{TheMatter}的答复，发件地址是 {Source.OfMail("address")}，不是您登记的邮箱，尚未计入。");
        yield return new LetterPart.Link("请打开以下页面，说明这个地址是不是您本人的、这封邮件是不是您发的", Source.ConfirmationPage);
        yield return Say("确认后，这个地址将登记为您的邮箱，这封邮件按您的答复办理。打开页面本身不会登记任何内容。链接只能使用一次。");
    }
}
