using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

public sealed class OpinionReplyTests
{
    [Theory]
    [InlineData("意见：合法\n理由：有上位法依据。", OpinionStand.Lawful)]
    [InlineData("意见: 修改后合法\n理由：第三条应当修改。", OpinionStand.LawfulWithChanges)]
    [InlineData("意见：不合法（请只保留一项）\n理由：无权设定许可。", OpinionStand.Unlawful)]
    [InlineData("您好！\n\n意见：弃权\n理由：", OpinionStand.Abstain)]
    [InlineData("【意见】：【合法】\n【理由】：略", OpinionStand.Lawful)]
    [InlineData("* 意见： √ 修改後合法", OpinionStand.LawfulWithChanges)]
    [InlineData("总体意见：同意\n理由：程序完备，但第二条建议斟酌。", OpinionStand.Lawful)]
    [InlineData("合法。理由如下：一、权限合法。", OpinionStand.Lawful)]
    [InlineData("不同意。\n第五条与《行政许可法》第十六条抵触。", OpinionStand.Unlawful)]
    [InlineData("经审查，修改后合法。建议删去第三条。", OpinionStand.LawfulWithChanges)]
    [InlineData("Stand: lawful with changes\nReasons: article 3", OpinionStand.LawfulWithChanges)]
    [InlineData("ｕｎｌａｗｆｕｌ.\nArticle 5 has no basis.", OpinionStand.Unlawful)]
    public void A_plain_stand_is_taken(string reply, OpinionStand stand)
    {
        var said = OpinionReply.Parse(reply);

        Assert.Equal(ReplyMeaning.Opinion, said.Meaning);
        Assert.Equal(stand, said.Stand);
        Assert.NotEmpty(said.Text);
    }

    [Theory]
    [InlineData("意见：合法 / 修改后合法 / 不合法 / 弃权（请只保留一项）\n理由：\n修改建议：")]
    [InlineData("意见：合法\n……\n意见：不合法")]
    [InlineData("合法性存疑，请补充材料。")]
    [InlineData("合法，但第三条除外。")]
    [InlineData("同意的前提是删去第五条。")]
    [InlineData("请问送审稿第三条是否有依据？")]
    [InlineData("意见：总体合法，若干条款抵触上位法")]
    [InlineData("合法。\n不合法。")]
    [InlineData("合法 / 不合法")]
    [InlineData("谢绝。\n意见：合法")]
    [InlineData("意见：")]
    [InlineData("")]
    public void A_doubtful_one_is_left_to_a_person(string reply) => Assert.Equal(ReplyMeaning.Unclear, OpinionReply.Parse(reply).Meaning);

    [Theory]
    [InlineData("谢绝。近期出差。", ReplyMeaning.Decline)]
    [InlineData("很抱歉，无法参加此次咨询。", ReplyMeaning.Decline)]
    [InlineData("张处长您好，因在外地开庭，不能参加，请另请高明。", ReplyMeaning.Decline)]
    [InlineData("I decline.", ReplyMeaning.Decline)]
    [InlineData("本人申请回避，曾任当事人代理人。", ReplyMeaning.Recusal)]
    [InlineData("我与送审单位有业务往来，应当回避。", ReplyMeaning.Recusal)]
    [InlineData("同意参加，意见稍后寄来。", ReplyMeaning.Acceptance)]
    [InlineData("收到，谢谢。", ReplyMeaning.Acceptance)]
    public void What_is_no_opinion_is_told_apart(string reply, ReplyMeaning meaning) => Assert.Equal(meaning, OpinionReply.Parse(reply).Meaning);

    [Fact]
    public void A_long_opinion_may_speak_of_declining_and_recusal()
    {
        var said = OpinionReply.Parse("意见：合法\n理由：送审稿第七条规定申请回避的程序，第八条规定无法参加听证的后果，均符合《行政处罚法》。\n修改建议：第九条“应当回避”前加“依法”。");

        Assert.Equal(ReplyMeaning.Opinion, said.Meaning);
        Assert.StartsWith("送审稿第七条", said.Text, StringComparison.Ordinal);
        Assert.StartsWith("第九条", said.Suggestions ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_written_beside_the_form_is_lost()
    {
        var said = OpinionReply.Parse("王科长：见下。\n意见：不合法\n理由：一、无权设定。\n二、程序不全。\n修改建议：删去。\n不同意见：是\n李某");

        Assert.Equal("一、无权设定。\n二、程序不全。\n\n王科长：见下。\n李某", said.Text);
        Assert.Equal("删去。", said.Suggestions);
        Assert.True(said.Dissent);
    }
}
