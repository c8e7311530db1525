using System.Text.RegularExpressions;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>The usual way of a matter, by the people of the office; every journey takes as much of it as it needs.</summary>
internal static partial class MainLine
{
    /// <summary>登记; gives the matter's number.</summary>
    public static async Task<string> RegisterAsync(this Desks desks, string title) =>
        await (await desks.OfAsync("clerk")).RegisterAsync(Samples.Submission(title));

    /// <summary>签收初审, 记录初审.</summary>
    public static async Task PreCheckAsync(this Desks desks, string number)
    {
        var handler = await desks.OfAsync("handler1");
        await handler.DoCommandAsync(number, "签收初审");
        await handler.AssertStageAsync("初审");
        await handler.DoCommandAsync(number, "记录初审", ("WithinCompetence", "true"), ("RoutedProperly", "true"), ("FormatComplete", "true"), ("AffectedUnitsCosigned", "true"), ("Note", "材料齐全，属于本机关职责。"));
    }

    /// <summary>受理 → 分办 → 审查.</summary>
    public static async Task AssignAsync(this Desks desks, string number)
    {
        var head = await desks.OfAsync("head1");
        await head.DoCommandAsync(number, "受理", ("Comment", "同意受理"));
        await head.AssertStageAsync("受理分办");
        await head.DoCommandAsync(number, "分办", ("Leader", "示例办领导"), ("Division", "法制一处"), ("Handler", "示例承办人甲"), ("Proposal", "请法制一处提出审查意见。"));
        await head.AssertStageAsync("审查");
    }

    /// <summary>记录审查情况, with the question to the experts.</summary>
    public static async Task RecordFindingsAsync(this Desks desks, string number) =>
        await (await desks.OfAsync("handler1")).DoCommandAsync(number, "记录审查情况", ("Competence", "特许经营方案由市政府批准，属于法定权限。"), ("Procedure", "已听取意见并经集体讨论。"), ("Content", "第三条的退出机制需要研究。"), ("Questions", Samples.Question));

    /// <summary>登记 up to 审查.</summary>
    public static async Task<string> UnderReviewAsync(this Desks desks, string title)
    {
        var number = await desks.RegisterAsync(title);
        await desks.PreCheckAsync(number);
        await desks.AssignAsync(number);
        return number;
    }

    /// <summary>登记 up to 专家意见: the letters to the experts are on their way.</summary>
    public static async Task<string> ConsultingAsync(this Desks desks, string title, params IReadOnlyList<SeatWanted> seats)
    {
        var number = await desks.UnderReviewAsync(title);
        await desks.RecordFindingsAsync(number);
        await desks.DrawPanelAsync(number, seats);
        return number;
    }

    /// <summary>签发 → 编号用印: the document's number.</summary>
    public static async Task<string> SignAsync(this Desks desks, string number)
    {
        var leader = await desks.OfAsync("leader");
        await leader.OpenMatterAsync(number);
        await leader.AssertStageAsync("签发");
        await leader.DoCommandAsync(number, "签发", ("Instruction", "同意印发"));
        await leader.AssertStageAsync("编号");

        var clerk = await desks.OfAsync("document");
        await clerk.DoCommandAsync(number, "编号用印");
        await clerk.AssertStageAsync("送达");
        var document = DocumentNumber().Match(await clerk.Locator("main").InnerTextAsync());
        Assert.True(document.Success, "The page shows no document number.");
        return document.Value;
    }

    /// <summary>A matter of the demo province, found as one finds it: by its title in the ledger.</summary>
    public static async Task<string> FindAsync(this Desks desks, string person, string title)
    {
        var page = await desks.OfAsync(person);
        await page.GotoAsync("/matters?q=" + Uri.EscapeDataString(title));
        await page.Locator("main table").GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = title }).First.ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(page.Locator(".crumbs")).ToBeVisibleAsync();
        return page.Number();
    }

    [GeneratedRegex(@"甘政法函〔\d{4}〕\d+号", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DocumentNumber();
}
