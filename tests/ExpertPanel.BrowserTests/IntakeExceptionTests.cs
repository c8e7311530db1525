using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>What may happen to a matter before and beside its review, through the pages.</summary>
[Collection(ClockedOfficeTests.Name)]
public sealed class IntakeExceptionTests(ClockedOffice office)
{
    [Fact]
    public async Task A_supplement_is_asked_for_twice_and_the_same_thing_is_not_asked_for_again()
    {
        await using var desks = office.Open(script: true);
        var number = await desks.RegisterAsync("关于示例市地下管廊管理办法的请示");
        var (clerk, handler, sponsor) = (await desks.OfAsync("clerk"), await desks.OfAsync("handler1"), await desks.OfAsync("sponsor"));
        await handler.DoCommandAsync(number, "签收初审");

        await handler.DoCommandAsync(number, "通知补正", ("Items", "起草说明\n征求意见汇总表"));
        await handler.AssertStageAsync("补正");
        var notice = await desks.Server.Mail.LettersAsync(number, 1);
        Assert.Contains("征求意见汇总表", Assert.Single(notice, letter => MailFolders.AddressOf(letter) == Samples.SponsorAddress).TextBody);
        await sponsor.DoCommandAsync(number, "收到补正材料", ("Note", "已补充起草说明和汇总表。"));
        await sponsor.AssertStageAsync("初审");

        await handler.TryCommandAsync(number, "通知补正", ("Items", "起草说明"));
        await handler.AssertProblemAsync("Items", "已经通知补正过");
        await handler.FillInAsync([("Items", "社会稳定风险评估报告")]);
        await handler.SendAsync();
        await handler.AssertStageAsync("补正");
        await clerk.DoCommandAsync(number, "收到补正材料", ("Note", "已补充评估报告。"));
        await clerk.AssertStageAsync("初审");

        var head = await desks.OfAsync("head1");
        await head.DoCommandAsync(number, "受理", ("Comment", "材料已补齐"));
        await head.AssertShowsAsync("征求意见汇总表", "社会稳定风险评估报告", "已补充评估报告。");
        desks.AssertNoComplaints();
    }

    [Fact]
    public async Task A_matter_is_declined_returned_or_passed_on_and_the_sponsor_is_told_why()
    {
        await using var desks = office.Open(script: false);
        var head = await desks.OfAsync("head1");

        var declined = await PreCheckedAsync(desks, "关于示例街道命名的请示");
        await head.TryCommandAsync(declined, "不予受理", ("Reason", "不属于本机关职责"), ("Text", "地名管理由民政部门负责。"));
        await head.AssertProblemAsync("ProperBody", "应当告知有权处理的机关");
        await head.FillInAsync([("ProperBody", "示例市民政局")]);
        await head.SendAsync();
        await EndsAsync(head, "不予受理", "示例市民政局");
        await ToldAsync(desks, declined, "示例市民政局");

        var returned = await PreCheckedAsync(desks, "关于示例开发区管理办法的请示");
        await head.DoCommandAsync(returned, "退回", ("Reason", "未履行必经程序"), ("Text", "未经本单位法制机构审核。"));
        await EndsAsync(head, "退回", "未经本单位法制机构审核。");
        await ToldAsync(desks, returned, "未经本单位法制机构审核");

        var passedOn = await PreCheckedAsync(desks, "关于示例土地权属争议的请示");
        await head.DoCommandAsync(passedOn, "转办", ("ProperBody", "示例市人民政府"), ("Text", "依法由市人民政府处理。"));
        await EndsAsync(head, "转办", "示例市人民政府");
        await ToldAsync(desks, passedOn, "示例市人民政府");
        desks.AssertNoComplaints();
    }

    [Fact]
    public async Task A_matter_is_expedited_suspended_resumed_extended_once_and_taken_back()
    {
        await using var desks = office.Open(script: true);
        var number = await desks.UnderReviewAsync("关于示例省燃气应急预案的请示");
        var (head, handler) = (await desks.OfAsync("head1"), await desks.OfAsync("handler1"));
        await head.DoCommandAsync(number, "加急", ("Level", "特急"), ("Reason", "已列入常务会议议题。"), ("Days", "8"));
        await head.AssertShowsAsync("特急", "已列入常务会议议题。");

        await head.DoCommandAsync(number, "中止", ("Cause", "须查清事实或鉴定"), ("Reason", "等待检测报告。"), ("Until", "收到检测报告"));
        await head.AssertShowsAsync("等待检测报告。", "收到检测报告");
        await handler.OpenMatterAsync(number);
        await Assertions.Expect(handler.CommandButton("记录审查情况")).ToHaveCountAsync(0);
        await head.DoCommandAsync(number, "恢复办理", ("Note", "检测报告已收到。"));

        await handler.TryCommandAsync(number, "申请延期", ("Days", "99"), ("Reason", "附件较多。"));
        await handler.AssertProblemAsync("Days", "延长天数应为 1 到 10 天");
        await handler.FillInAsync([("Days", "3")]);
        await handler.SendAsync();
        await handler.AssertShowsAsync("待审批");
        await head.DoCommandAsync(number, "审批延期", ("Approve", "true"), ("Comment", "同意"));
        await head.AssertShowsAsync("延长3日");
        await ToldAsync(desks, number, "附件较多");
        await handler.OpenMatterAsync(number);
        await Assertions.Expect(handler.CommandButton("申请延期")).ToHaveCountAsync(0); // Once.

        var sponsor = await desks.OfAsync("sponsor");
        await sponsor.DoCommandAsync(number, "撤回", ("Text", "方案需要重新研究。"));
        await EndsAsync(sponsor, "撤回", "方案需要重新研究。");
        desks.AssertNoComplaints();
    }

    private static async Task<string> PreCheckedAsync(Desks desks, string title)
    {
        var number = await desks.RegisterAsync(title);
        await desks.PreCheckAsync(number);
        return number;
    }

    private static async Task EndsAsync(IPage page, string stage, string because)
    {
        await page.AssertStageAsync(stage);
        await page.AssertShowsAsync(because);
    }

    /// <summary>A letter to the sponsor about the matter says this.</summary>
    private static async Task ToldAsync(Desks desks, string number, string what) =>
        await Poll.UntilAsync($"a letter about {number} that says {what}", TimeSpan.FromSeconds(60), async () =>
            (await desks.Server.Mail.LettersAsync(number, 0)).Find(letter => MailFolders.AddressOf(letter) == Samples.SponsorAddress && letter.TextBody?.Contains(what, StringComparison.Ordinal) == true));
}
