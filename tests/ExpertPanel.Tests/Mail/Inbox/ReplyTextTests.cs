using CsCheck;
using ExpertPanel.Server.Mail.Inbox;
using Xunit;

namespace ExpertPanel.Tests.Mail.Inbox;

public sealed class ReplyTextTests
{
    private static readonly string[] Pieces =
    [
        "同意。", "", " ", "> 引用", ">", ">5万元", "发件人：张三", "发送时间：2014-09-26 10:00", "收件人：李四", "主题：x", "发自我的 iPhone", "-----Original Message-----",
        "------------------ 原始邮件 ------------------", "On Fri, Sep 26, 2014 at 10:00 AM X <x@y.cn> wrote:", "在 2014-09-26 10:00:00，\"x\" <x@y.cn> 写道：",
        "________________________________", "---------- Forwarded message ----------", "\u0000", "𠮷", "\r", "于2014年9月26日周五 10:00写道：",
    ];

    private static readonly string[] Ends = ["\n", "\r\n", "\n\n", ""];

    [Fact]
    public void Kept_and_cut_in_order_are_the_mail_to_the_letter()
    {
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Select(Gen.Int[0, 3].Select(index => Ends[index]), (line, end) => line + end).Array[0, 25].Select(string.Concat)
            .Sample(text => string.Concat(ReplyText.Segments(text).Select(segment => segment.Text)) == text, iter: 20_000);
    }

    [Fact]
    public void Any_text_at_all_is_kept_whole_in_its_segments()
    {
        Gen.String.Sample(text => string.Concat(ReplyText.Segments(text).Select(segment => segment.Text)) == text);
    }

    [Fact]
    public void Nothing_but_white_space_is_lost_between_text_and_elided()
    {
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 25].Select(lines => string.Join('\n', lines)).Sample(text =>
        {
            var (kept, elided) = ReplyText.Split(text);
            return Letters(kept + elided) == Letters(text);
        });
    }

    [Theory]
    [InlineData("发自我的 iPhone")]
    [InlineData("发自我的iPad")]
    [InlineData("发自我的华为手机")]
    [InlineData("发送自我的小米手机")]
    [InlineData("來自我的 iPhone")]
    [InlineData("从我的 iPhone 发送")]
    [InlineData("从 Windows 版邮件发送")]
    [InlineData("发自 Foxmail")]
    [InlineData("来自 QQ邮箱")]
    [InlineData("来自 网易邮箱手机智能版")]
    [InlineData("发自网易邮箱大师")]
    [InlineData("签名由 网易邮箱大师 定制")]
    [InlineData("Sent from my iPhone")]
    [InlineData("Sent from my HUAWEI P7")]
    [InlineData("Sent from Mail for Windows")]
    [InlineData("Get Outlook for iOS<https://aka.ms/o0ukef>")]
    [InlineData("获取 Outlook for Android")]
    public void A_clients_footer_is_cut(string footer)
    {
        var (text, elided) = ReplyText.Split($"同意。\n\n{footer}\n");

        Assert.Equal("同意。", text);
        Assert.Equal(footer, elided);
    }

    [Theory]
    [InlineData("同意。\n\n张三\n北京某律师事务所\n电话：13800000000")]
    [InlineData("同意。\n\n-- \n张三")]
    [InlineData("以上意见发自我的内心。")]
    [InlineData("证据来自企业邮箱。")]
    [InlineData("发件人：张三\n以上是邮件证据的发件人。")]
    [InlineData("王某于2014年9月26日10:00写道：\n“不同意”。")]
    [InlineData("意见：\n> 5万元的，应当听证。\n以下的，不听证。")]
    [InlineData("处罚幅度：\n>5万元")]
    [InlineData("第一条\n-----\n第二条")]
    [InlineData("On balance I agree. In 2014 at 10:00 the panel wrote:\nno objection.")]
    public void The_experts_own_words_stay(string text)
    {
        Assert.Equal((text, ""), ReplyText.Split(text));
    }

    [Fact]
    public void An_answer_between_quotes_keeps_the_quotes_it_answers()
    {
        const string Reply = "> 一、权限？\n有。\n> 二、程序？\n缺听证。";

        var (text, elided) = ReplyText.Split(Reply + "\n> 三、其他\n> 无\n");

        Assert.Equal(Reply, text);
        Assert.Equal("> 三、其他\n> 无", elided);
    }

    [Fact]
    public void A_footer_above_the_quote_goes_with_it()
    {
        var (text, elided) = ReplyText.Split("同意\n\n发自我的 iPhone\n\n在 2014年9月26日，10:00，法制办 <a@b.cn> 写道：\n\n> 各位专家\n");

        Assert.Equal("同意", text);
        Assert.Equal("发自我的 iPhone\n\n在 2014年9月26日，10:00，法制办 <a@b.cn> 写道：\n\n> 各位专家", elided);
    }

    [Fact]
    public void A_long_text_of_odd_lines_is_split_in_linear_time()
    {
        var text = string.Concat(Enumerable.Repeat("On 2014 a@b.cn\n> x\n发件人：\n", 60_000));
        var start = TimeProvider.System.GetTimestamp();

        ReplyText.Split(text);

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    private static string Letters(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
