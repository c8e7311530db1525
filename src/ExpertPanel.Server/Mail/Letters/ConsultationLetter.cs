using static ExpertPanel.Server.Mail.Letters.LetterPart;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>专家咨询函: the questions, the dates, and the ways to answer. Without contents: the number, the dates and the link.</summary>
public sealed class ConsultationLetter(LetterSource source) : ExpertLetter(source)
{
    public override string Name => "专家咨询函";

    protected override IEnumerable<LetterPart> Write()
    {
        if (Source.Contents is { } open)
        {
            yield return Say($"您好！我办正在办理{open.SponsoringUnit}送审的“{open.Title}”（收文编号：{Source.Number}）。经随机抽取，诚邀您作为咨询专家，独立、客观地提出书面法律意见。");
            if (open.Has("questions")) yield return new Items("咨询问题", open.Lines("questions"));
        }
        else
            yield return Say($"您好！我办有一件涉法事务（收文编号：{Source.Number}）需要咨询。经随机抽取，诚邀您作为咨询专家，独立、客观地提出书面法律意见。因内容不宜通过邮件传送，请在网页上阅览。");

        yield return new Items("答复期限", [$"请于{Source.Day("answerBy")}前告知是否接受咨询", $"请于{Source.Day("due")}前提交意见"]);
        yield return ReplyPage("网页答复");
        yield return Say("打开网页后，系统会把一次性验证码发到您的登记邮箱；输入后即可阅览材料，接受或者谢绝咨询，申请回避，填写并提交意见。");
        if (Source.Contents is null)
            yield return Say("请不要用邮件回复意见的内容：本事项的意见只在网页上提交。");
        else
        {
            yield return Say("您也可以直接回复本邮件：请用您的登记邮箱，不要改动收件人，并在回复的最上方按下列格式填写。需要谢绝的，首行写“谢绝”并说明原因。");
            yield return new Form(["意见：合法 / 修改后合法 / 不合法 / 弃权（请只保留一项）", "理由：", "修改建议："]);
        }

        yield return Say("您或者您的近亲属、所在单位与本事项有利害关系，或者您曾参与本事项的起草、代理、咨询，以及有其他可能影响公正的情形的，请在网页上申请回避，勿再查阅材料。");
        yield return Say("本函及有关材料未经公开，请妥善保管，不得复制、转发或者用于其他用途。");
        if (Source.DocumentAttached) yield return Say("附件：专家咨询函（含专家意见表）。");
    }
}
