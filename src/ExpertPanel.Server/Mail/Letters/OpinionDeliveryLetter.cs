namespace ExpertPanel.Server.Mail.Letters;

/// <summary>送达意见书: with the document where contents may travel by mail, else on paper.</summary>
public sealed class OpinionDeliveryLetter(LetterSource source) : SponsorLetter(source)
{
    public override string Name => "合法性审查意见书送达通知";

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"你单位送审的{TheMatter}，合法性审查意见书（{Source.DocumentNumber}）已经印发。");
        yield return Say(Source switch
        {
            { DocumentAttached: true } => "意见书见附件。请确认收悉，并将采纳情况和未采纳的理由书面反馈我办。",
            { Contents: null } => "因内容不宜通过邮件传送，意见书以纸质送达，也可以登录系统查看。请签收，并将采纳情况和未采纳的理由书面反馈我办。",
            _ => "意见书以纸质送达，也可以登录系统查看。请签收，并将采纳情况和未采纳的理由书面反馈我办。",
        });
        yield return MatterPage;
    }
}
