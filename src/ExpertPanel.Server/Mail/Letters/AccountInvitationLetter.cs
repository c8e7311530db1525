namespace ExpertPanel.Server.Mail.Letters;

/// <summary>Tells somebody of an account and where to choose its password. The password stands in no letter.</summary>
public sealed class AccountInvitationLetter(LetterSource source) : Letter(source)
{
    public override string Name => "账号开通通知";

    public override string Subject => $"{Name}：{Source.OfficeName}";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"{Source.OfMail("person")}同志：我办已为您开通法律专家咨询系统的账号，登录名是“{Source.OfMail("account")}”。");
        yield return new LetterPart.Link("请打开以下页面设置密码", Source.InvitationPage);
        yield return Say($"链接只能使用一次，{Source.Day("until")}前有效；过期后请联系系统管理员重新邀请。首次登录时还须绑定身份验证器（第二因素）。");
    }
}
