using System.Text.RegularExpressions;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>A matter goes the whole way from intake to the archive, in a browser, by the people of the office and three experts.</summary>
[Collection("one browser at a time")]
public sealed partial class WholeJourneyTests(Office office) : IClassFixture<Office>
{
    private const string Title = "关于示例市集中供热特许经营方案的请示";

    [Theory]
    [InlineData(false)]
    public async Task A_matter_goes_the_whole_way_in_a_browser_with_and_without_script(bool script)
    {
        await using var desks = office.Open(script);
        var number = await TakenInAsync(desks);
        await ReviewedAsync(desks, number);
        await AnsweredAsync(desks, number, await DrawnAsync(desks, number));
        await DraftedAsync(desks, number);
        var document = await SignedAsync(desks, number);
        await DeliveredAsync(desks, number, document);
        await LedgersAsync(desks, number, document);
        desks.AssertNoComplaints();
    }

    /// <summary>登记 → 初审 → 受理 → 分办.</summary>
    private static async Task<string> TakenInAsync(Desks desks)
    {
        var clerk = await desks.OfAsync("clerk");
        await desks.LookAsync(clerk, "desk-clerk");
        var number = await clerk.RegisterAsync(Samples.Submission(Title), Samples.Pdf);
        await clerk.AssertStageAsync("登记");
        await clerk.AssertShowsAsync(Title, "示例省环保厅", "送审稿.pdf", "非密");

        var handler = await desks.OfAsync("handler1");
        await handler.DoCommandAsync(number, "签收初审");
        await handler.AssertStageAsync("初审");
        await handler.DoCommandAsync(number, "记录初审", ("WithinCompetence", "true"), ("RoutedProperly", "true"), ("FormatComplete", "true"), ("AffectedUnitsCosigned", "true"), ("Note", "材料齐全，属于本机关职责。"));

        var head = await desks.OfAsync("head1");
        await head.DoCommandAsync(number, "受理", ("Comment", "同意受理"));
        await head.AssertStageAsync("受理分办");
        await head.DoCommandAsync(number, "分办", ("Leader", "示例办领导"), ("Division", "法制一处"), ("Handler", "示例承办人甲"), ("Proposal", "请法制一处提出审查意见。"));
        await head.AssertStageAsync("审查");
        await head.AssertShowsAsync("示例承办人甲", "示例办领导");
        return number;
    }

    /// <summary>审查, and the draw is prepared before anybody can know its outcome.</summary>
    private static async Task ReviewedAsync(Desks desks, string number)
    {
        var handler = await desks.OfAsync("handler1");
        await handler.DoCommandAsync(number, "记录审查情况", ("Competence", "特许经营方案由市政府批准，属于法定权限。"), ("Procedure", "已听取意见并经集体讨论。"), ("Content", "第三条的退出机制需要研究。"), ("Questions", Samples.Question));
        await handler.OpenCommandAsync(number, "准备抽取专家");
        await desks.LookAsync(handler, "command-form");
        await handler.DoCommandAsync(number, "准备抽取专家", ("Seats[0].Specialties", "administrative"), ("Seats[1].Specialties", "environment"), ("Seats[2].__used", "true"), ("Questions", Samples.Question));
        await handler.AssertShowsAsync("等待秘书处：交存随机值");
        await desks.LookAsync(handler, "draw-awaited");
        await handler.OpenMatterAsync(number);
        await handler.AssertStageAsync("抽取专家");
    }

    /// <summary>抽取 → 发函: the letters of the three experts.</summary>
    private static async Task<List<MimeKit.MimeMessage>> DrawnAsync(Desks desks, string number)
    {
        var secretariat = await desks.OfAsync("secretariat");
        await secretariat.CommitValueAsync(number);
        await desks.LookAsync(secretariat, "draw-committed");
        var auditor = await desks.OfAsync("audit-admin");
        await auditor.CommitValueAsync(number);
        await auditor.RevealValueAsync(number);
        await desks.LookAsync(auditor, "draw-revealed");
        await secretariat.RevealValueAsync(number);
        await secretariat.AssertShowsAsync("已于");
        await desks.LookAsync(secretariat, "draw-result");
        await secretariat.OpenMatterAsync(number);
        await secretariat.AssertStageAsync("专家意见");
        await secretariat.AssertShowsAsync("示例专家");
        return await desks.Server.Mail.LettersAsync(number, 3);
    }

    /// <summary>One opinion by web, two by reply mail; then the round is closed.</summary>
    private static async Task AnsweredAsync(Desks desks, string number, List<MimeKit.MimeMessage> letters)
    {
        await new ExpertJourney(desks, letters[0]).AnswerAsync();

        var secretariat = await desks.OfAsync("secretariat");
        await secretariat.WaitForAsync(number, "建议明确退出条件");
        await desks.Server.Mail.ReplyAsync(letters[1], "意见：合法\r\n理由：符合《行政许可法》的规定，第一位邮件专家。");
        await desks.Server.Mail.ReplyAsync(letters[2], "意见：合法\r\n理由：程序和内容均无不当，第二位邮件专家。");
        await secretariat.WaitForAsync(number, "第一位邮件专家");
        await secretariat.WaitForAsync(number, "第二位邮件专家");
        await desks.LookAsync(secretariat, "matter-opinions");

        await secretariat.DoCommandAsync(number, "截止本轮咨询");
        await secretariat.AssertStageAsync("汇总");
    }

    /// <summary>汇总 → 起草 → 送核稿.</summary>
    private static async Task DraftedAsync(Desks desks, string number)
    {
        var handler = await desks.OfAsync("handler1");
        await handler.DoCommandAsync(number, "汇总专家意见", ("Text", "三位专家意见：两位认为合法，一位建议修改后合法。"));
        await handler.AssertStageAsync("起草");
        await handler.DoCommandAsync(number, "起草意见书", Samples.Draft);
        await handler.AssertShowsAsync("第1稿");
        await handler.DoCommandAsync(number, "送核稿", ("Divisions", "法制二处"));
        await handler.AssertStageAsync("核稿");
    }

    /// <summary>核稿 → 会签 → 签发 → 编号用印: the document's number.</summary>
    private static async Task<string> SignedAsync(Desks desks, string number)
    {
        var head = await desks.OfAsync("head1");
        await head.DoCommandAsync(number, "核稿通过", ("Comment", "同意"));
        await head.AssertStageAsync("会签");

        var other = await desks.OfAsync("head2");
        await other.DoCommandAsync(number, "会签", ("Agrees", "true"), ("Comment", "无不同意见"));
        await other.AssertStageAsync("签发");

        var leader = await desks.OfAsync("leader");
        await leader.DoCommandAsync(number, "签发", ("Instruction", "同意印发"));
        await leader.AssertStageAsync("编号");

        var clerk = await desks.OfAsync("document");
        await clerk.DoCommandAsync(number, "编号用印");
        await clerk.AssertStageAsync("送达");
        var document = DocumentNumber().Match(await clerk.Locator("main").InnerTextAsync());
        Assert.True(document.Success, "The page shows no document number.");
        return document.Value;
    }

    /// <summary>送达 → 采纳反馈 → 办结 → 归档.</summary>
    private static async Task DeliveredAsync(Desks desks, string number, string document)
    {
        Assert.Single(await desks.Server.Mail.LettersAsync(document, 1), letter => MailFolders.AddressOf(letter) == Samples.SponsorAddress);

        var clerk = await desks.OfAsync("document");
        await clerk.DoCommandAsync(number, "确认送达", ("ReceivedBy", "示例联系人"));
        await clerk.AssertStageAsync("采纳反馈");

        var sponsor = await desks.OfAsync("sponsor");
        await sponsor.DoCommandAsync(number, "采纳反馈", ("Overall", "采纳"), ("Items[0].Adopted", "采纳"));

        var handler = await desks.OfAsync("handler1");
        await handler.OpenMatterAsync(number);
        await handler.AssertStageAsync("办结");
        await handler.DoCommandAsync(number, "办结", ("Note", "已反馈"));
        await handler.AssertStageAsync("归档");

        var archivist = await desks.OfAsync("archivist");
        await archivist.DoCommandAsync(number, "归档", ("Term", "永久"));
        await archivist.AssertStageAsync("已归档");
    }

    /// <summary>What is left for everybody to read: the matter, the document, the history, the lists.</summary>
    private static async Task LedgersAsync(Desks desks, string number, string document)
    {
        var handler = await desks.OfAsync("handler1");
        await handler.OpenMatterAsync(number);
        await handler.AssertShowsAsync(document, "修改后合法");
        await desks.LookAsync(handler, "matter");

        var download = await handler.RunAndWaitForDownloadAsync(() => handler.Locator("a[href$='documents/opinion.docx']").First.ClickAsync());
        await using (var content = await download.CreateReadStreamAsync())
        {
            var beginning = new byte[2];
            await content.ReadExactlyAsync(beginning);
            Assert.Equal("PK"u8.ToArray(), beginning);
        }

        await handler.GotoAsync($"/matters/{number}/opinion");
        await handler.AssertShowsAsync(document, "合法性审查意见书", "修改后合法", "示例省环保厅");
        await desks.LookAsync(handler, "opinion");

        await handler.GotoAsync($"/matters/{number}/history");
        await handler.AssertShowsAsync(["登记", "签收初审", "受理", "分办", "抽取专家", "截止本轮咨询", "汇总专家意见", "送核稿", "核稿通过", "会签", "签发", "编号用印", "确认送达", "采纳反馈", "办结", "归档"]);
        await desks.LookAsync(handler, "history");

        await handler.GotoAsync($"/matters?q={number}");
        await handler.AssertShowsAsync(number);
        await desks.LookAsync(handler, "ledger");
        await handler.GotoAsync("/experts");
        await handler.AssertShowsAsync("示例专家");
        await desks.LookAsync(handler, "experts");
        await handler.GotoAsync("/desk");
        await desks.LookAsync(handler, "desk");

        var clerk = await desks.OfAsync("clerk");
        await clerk.GotoAsync("/matters/register");
        await desks.LookAsync(clerk, "register");
        var secretariat = await desks.OfAsync("secretariat");
        await secretariat.GotoAsync("/holding-pen");
        await desks.LookAsync(secretariat, "holding-pen");
        var stranger = await desks.StrangerAsync("nobody");
        await stranger.GotoAsync("/login");
        await desks.LookAsync(stranger, "login");
    }

    [GeneratedRegex(@"甘政法函〔\d{4}〕\d+号", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DocumentNumber();
}
