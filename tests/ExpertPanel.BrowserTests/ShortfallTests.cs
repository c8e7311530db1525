using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>意见不足: each choice the head has, the meeting with its minutes, and dissent that nobody loses.</summary>
[Collection(ClockedOfficeTests.Name)]
public sealed class ShortfallTests(ClockedOffice office)
{
    /// <summary>Of the committee's members he alone knows constitutional law: nobody can take his seat.</summary>
    private const string OnlyOne = "expert035@example.test";

    private const string Dissent = "我认为第三条缺乏上位法依据，应当记录不同意见。";

    [Fact]
    public async Task Too_few_opinions_are_extended_then_replaced_then_a_meeting_is_held()
    {
        await using var desks = office.Open(script: true);
        var mail = desks.Server.Mail;
        var number = await desks.ConsultingAsync("关于示例省地方立法授权事项的请示", new("constitutional", Member: true), new(), new());
        var letters = await mail.InvitationsAsync(number, 3);
        var late = letters.Single(letter => MailFolders.AddressOf(letter) == OnlyOne);
        var others = letters.FindAll(letter => letter != late);
        await ExpertJourney.AcceptAsync(await new ExpertJourney(desks, late).EnterAsync());
        await PanelExceptionTests.AgreeAsync(desks, number, others);

        // He accepted and wrote nothing; his seat has no substitute, so the round ends short.
        var due = await (await desks.OfAsync("secretariat")).DayAsync(MailFolders.ExpertOf(late), "意见期限");
        await desks.GoHomeAsync();
        office.Server.Clock.SetForward(due.AddDays(1), hour: 0);
        var head = await desks.OfAsync("head1");
        await head.WaitForAsync(number, "当前环节：意见不足");

        await ResolveAsync(desks, number, "延长期限", "专家出差", "专家意见");
        await ExpertJourney.DissentAsync(await AcceptAgainAsync(desks, late), Dissent);
        var secretariat = await desks.OfAsync("secretariat");
        await secretariat.DoCommandAsync(number, "截止本轮咨询");
        await secretariat.AssertStageAsync("汇总");

        await StrikeAsync(secretariat, number, MailFolders.ExpertOf(others[0]));
        await ResolveAsync(desks, number, "递补专家", "请下一位专家", "专家意见");
        var substitute = (await mail.InvitationsAsync(number, 4))[3];
        await PanelExceptionTests.AgreeAsync(desks, number, substitute);
        await secretariat.DoCommandAsync(number, "截止本轮咨询");
        await secretariat.AssertStageAsync("汇总");

        await StrikeAsync(secretariat, number, MailFolders.ExpertOf(others[1]));
        await ResolveAsync(desks, number, "召开论证会", "分歧较大", "论证会");
        await MeetingAsync(desks, number, MailFolders.ExpertOf(late), MailFolders.ExpertOf(substitute));

        var handler = await desks.OfAsync("handler1");
        await handler.DoCommandAsync(number, "汇总专家意见", ("Text", "论证会多数赞成，一人持不同意见。"));
        await handler.AssertStageAsync("起草");
        await handler.AssertShowsAsync(Dissent, "一名专家认为应当先行立法。", "赞成 4");
        desks.AssertNoComplaints();
    }

    [Fact]
    public async Task With_too_few_opinions_the_head_goes_on_with_a_recorded_reason()
    {
        await using var desks = office.Open(script: false);
        var number = await desks.FindAsync("head1", "示例高等学校合作办学协议");
        var head = await desks.OfAsync("head1");
        await head.AssertStageAsync("意见不足");
        await head.TryCommandAsync(number, "意见不足的处理", ("Choice", "延长期限"), ("Reason", "再等一等"));
        await head.AssertProblemAsync("Choice", "没有可以延长期限的专家");
        await head.FillInAsync([("Choice", "记录理由后继续"), ("Reason", "协议签署期限已定，已有意见充分。")]);
        await head.SendAsync();
        await head.AssertStageAsync("汇总");
        await head.AssertShowsAsync("协议签署期限已定，已有意见充分。");
        desks.AssertNoComplaints();
    }

    private static async Task ResolveAsync(Desks desks, string number, string choice, string reason, string stage)
    {
        var head = await desks.OfAsync("head1");
        await head.DoCommandAsync(number, "意见不足的处理", ("Choice", choice), ("Reason", reason));
        await head.AssertStageAsync(stage);
    }

    /// <summary>An extended invitation is answered anew, from the same link.</summary>
    private static async Task<IPage> AcceptAgainAsync(Desks desks, MimeKit.MimeMessage letter)
    {
        var page = await new ExpertJourney(desks, letter).EnterAsync();
        await ExpertJourney.AcceptAsync(page);
        return page;
    }

    /// <summary>认定意见无效: with it gone there are too few.</summary>
    private static async Task StrikeAsync(IPage page, string number, string expert)
    {
        await page.OpenMatterAsync(number);
        await page.InvitationCommand(expert, "认定意见无效").ClickAsync();
        await Assertions.Expect(page.Locator("form.command")).ToBeVisibleAsync();
        await page.AssertShowsAsync(expert);
        await page.FillInAsync([("Ground", "曾参与起草或提供咨询"), ("Reason", "事后查明曾为送审单位提供咨询。")]);
        await page.SendAsync();
        await page.AssertStageAsync("意见不足");
    }

    private async Task MeetingAsync(Desks desks, string number, params IReadOnlyList<string> members)
    {
        var secretariat = await desks.OfAsync("secretariat");
        var today = DateOnly.FromDateTime(office.Server.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
        var everybody = string.Join('\n', [.. members, "示例与会专家甲", "示例与会专家乙", "示例与会专家丙"]);
        await secretariat.TryCommandAsync(number, "召开论证会", ("Starts", $"{today.AddDays(-1):yyyy-MM-dd}T09:30"), ("Place", "示例会议室"), ("Agenda", "第三条是否需要先行立法"), ("Participants", everybody));
        await secretariat.AssertProblemAsync("Starts", "会议时间应在现在之后");
        await secretariat.FillInAsync([("Starts", $"{today.AddDays(1):yyyy-MM-dd}T09:30")]);
        await secretariat.SendAsync();
        await secretariat.AssertShowsAsync("示例会议室", "已办理：召开论证会");
        await desks.Server.Mail.LettersAsync("示例会议室", members.Count);

        await desks.GoHomeAsync();
        office.Server.Clock.SetForward(today.AddDays(1), hour: 12);
        secretariat = await desks.OfAsync("secretariat");
        await secretariat.TryCommandAsync(number, "记录会议纪要", ("Chair", "示例主持人"), ("Views", "四人赞成，一人反对。"), ("For", "4"), ("Against", "1"), ("Abstain", "0"), ("Opinion", "原则可行，应完善程序。"));
        await secretariat.AssertProblemAsync("Dissent", "应当记录不同意见");
        await secretariat.FillInAsync([("Dissent", "一名专家认为应当先行立法。")]);
        await secretariat.SendAsync();
        await secretariat.AssertStageAsync("汇总");
        await secretariat.AssertShowsAsync("原则可行，应完善程序。", "论证会纪要");
    }
}
