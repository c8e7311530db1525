using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>更正: what was issued is not edited; a new document with a number of its own says what was wrong.</summary>
[Collection(ClockedOfficeTests.Name)]
public sealed class CorrectionTests(ClockedOffice office)
{
    private const string Original = "关于示例供热项目特许经营的请示";

    [Fact]
    public async Task A_mistake_in_an_issued_opinion_is_corrected_by_a_new_linked_document()
    {
        await using var desks = office.Open(script: true);
        var original = await desks.FindAsync("handler1", Original);
        var handler = await desks.OfAsync(await HandlerAsync(await desks.OfAsync("handler1")));
        await handler.OpenCommandAsync(original, "更正或撤销");
        await handler.FillInAsync([("Kind", "更正"), ("Reason", "第二条所引条款序号有误，应为第十二条。")]);
        await handler.SendAsync();
        await handler.AssertStageAsync("起草");
        var number = handler.Number();
        Assert.NotEqual(original, number);
        await handler.AssertShowsAsync("更正", original);

        await handler.DoCommandAsync(number, "送核稿");
        var head = await desks.OfAsync("head1");
        await head.DoCommandAsync(number, "核稿通过", ("Comment", "同意更正"));
        await desks.SignAsync(number);
        var clerk = await desks.OfAsync("document");
        await clerk.DoCommandAsync(number, "确认送达", ("ReceivedBy", "示例联系人"));
        await clerk.AssertStageAsync("采纳反馈");
        var numbers = Regex.Matches(await clerk.Locator("main").InnerTextAsync(), @"甘政法函〔\d{4}〕\d+号", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value).Distinct();
        Assert.Equal(2, numbers.Count()); // The corrected one in its title, and its own.

        await handler.OpenMatterAsync(original);
        await handler.AssertStageAsync("已归档"); // The original stays as it was, and names its correction.
        await handler.AssertShowsAsync("关联后件", number);
        desks.AssertNoComplaints();
    }

    private static async Task<string> HandlerAsync(IPage page) =>
        (await page.Locator("main").InnerTextAsync()).Contains("示例承办人甲", StringComparison.Ordinal) ? "handler1" : "handler2";
}
