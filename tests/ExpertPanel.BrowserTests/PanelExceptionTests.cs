using Microsoft.Playwright;
using MimeKit;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>Experts who decline, recuse, keep silent or answer from elsewhere, through their pages and the office's.</summary>
[Collection(ClockedOfficeTests.Name)]
public sealed class PanelExceptionTests(ClockedOffice office)
{
    [Fact]
    public async Task Who_declines_recuses_or_keeps_silent_is_replaced_in_the_drawn_order()
    {
        await using var desks = office.Open(script: false);
        var mail = desks.Server.Mail;
        var number = await desks.ConsultingAsync("关于示例市停车收费办法的请示", new(), new(), new());
        var letters = await mail.InvitationsAsync(number, 3);
        await new ExpertJourney(desks, letters[0]).DeclineAsync("近期出差，无法按时答复。");
        await new ExpertJourney(desks, letters[1]).RecuseAsync("曾参与起草或提供咨询");

        var secretariat = await desks.OfAsync("secretariat");
        letters = await mail.InvitationsAsync(number, 5); // Both seats were filled at once.
        await secretariat.OpenMatterAsync(number);
        await secretariat.AssertShowsAsync("已谢绝", "近期出差，无法按时答复。", "已回避", "曾参与起草或提供咨询");
        await AgreeAsync(desks, number, letters[3], letters[4]);

        // The third is reminded on the last day to answer, and replaced when it is over.
        var silent = letters[2];
        var last = await secretariat.DayAsync(MailFolders.ExpertOf(silent), "状态");
        await desks.GoHomeAsync();
        var known = mail.Known();
        office.Server.Clock.SetForward(last, hour: 9);
        var reminder = await mail.NextLetterAsync(MailFolders.AddressOf(silent), known, about: number);
        Assert.Contains("提醒", reminder.Subject, StringComparison.Ordinal);
        office.Server.Clock.SetForward(last.AddDays(1), hour: 0);
        letters = await mail.InvitationsAsync(number, 6);
        await AgreeAsync(desks, number, letters[5]);

        secretariat = await desks.OfAsync("secretariat");
        await secretariat.OpenMatterAsync(number);
        await secretariat.AssertShowsAsync("逾期未答复");
        await secretariat.DoCommandAsync(number, "截止本轮咨询");
        await secretariat.AssertStageAsync("汇总");

        var late = await desks.StrangerAsync("late", 390, 844);
        await late.GotoAsync(MailFolders.LinkIn(silent));
        await late.AssertShowsAsync("本次咨询的期限已过");
        desks.AssertNoComplaints();
    }

    [Fact]
    public async Task A_reply_from_elsewhere_waits_until_a_person_counts_it_or_not()
    {
        await using var desks = office.Open(script: true);
        var number = await desks.ConsultingAsync("关于示例市公共自行车服务协议的请示", new(), new(), new());
        var letter = (await desks.Server.Mail.InvitationsAsync(number, 3))[0];
        var secretariat = await desks.OfAsync("secretariat");

        await desks.Server.Mail.ReplyAsync(letter, "意见：合法\r\n理由：从单位邮箱发出的意见。", from: "office@elsewhere.test");
        await HeldAsync(secretariat, "office@elsewhere.test");
        await secretariat.AssertShowsAsync("发件地址不是该专家登记的邮箱", "从单位邮箱发出的意见。");
        await desks.LookAsync(secretariat, "holding-pen-mail");
        await secretariat.EvaluateAsync("document.querySelectorAll('form').forEach(form => form.noValidate = true)");
        await Press(secretariat, "计入意见").ClickAsync();
        await secretariat.AssertProblemAsync("Accept-Note", "请写明如何核实");
        await secretariat.GetByLabel("核实经过").FillAsync("已电话向本人核实。");
        await Press(secretariat, "计入意见").ClickAsync();
        await Assertions.Expect(secretariat.Locator(".notice")).ToContainTextAsync("来件已计入意见");
        await secretariat.WaitForAsync(number, "从单位邮箱发出的意见。");

        await desks.Server.Mail.ReplyAsync(letter, "您好，请查收。", from: "nobody@elsewhere.test", to: "opinions@panel.example");
        await HeldAsync(secretariat, "nobody@elsewhere.test");
        await secretariat.AssertShowsAsync("收件地址没有答复令牌");
        await secretariat.GetByLabel("不计入的理由").FillAsync("与任何事项无关。");
        await Press(secretariat, "不计入").ClickAsync();
        await Assertions.Expect(secretariat.Locator(".notice")).ToContainTextAsync("来件已注明不计入");
        desks.AssertNoComplaints();
    }

    /// <summary>These experts answer by mail that the draft is lawful, and the matter shows it.</summary>
    internal static async Task AgreeAsync(Desks desks, string number, params IReadOnlyList<MimeMessage> letters)
    {
        var secretariat = await desks.OfAsync("secretariat");
        foreach (var letter in letters) await desks.Server.Mail.ReplyAsync(letter, $"意见：合法\r\n理由：{MailFolders.ExpertOf(letter)}认为并无不当。");
        foreach (var letter in letters) await secretariat.WaitForAsync(number, MailFolders.ExpertOf(letter) + "认为并无不当");
    }

    /// <summary>Opens the mail from this address once it waits in the holding pen.</summary>
    private static async Task HeldAsync(IPage page, string from)
    {
        var row = page.Locator("main tbody tr").Filter(new() { HasText = from });
        await Poll.UntilAsync($"a mail from {from} waits", TimeSpan.FromSeconds(60), async () =>
        {
            await page.GotoAsync("/holding-pen");
            return await row.CountAsync() > 0 ? page : null;
        });
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Locator("pre.mail-text").First).ToBeVisibleAsync();
    }

    private static ILocator Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
