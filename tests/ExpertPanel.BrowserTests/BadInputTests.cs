using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>What people do wrong in front of a browser, and what people with bad intent type: a clear word at the field, or nothing happens.</summary>
[Collection(ClockedOfficeTests.Name)]
public sealed class BadInputTests(ClockedOffice office)
{
    private const string Hostile = "<script>document.title='owned'</script>\"><img src=x onerror=alert(1)>{{7*7}}' OR 1=1 --";

    [Fact]
    public async Task An_empty_form_is_stopped_by_the_browser_and_where_it_is_not_by_the_server_with_every_slip_at_its_field()
    {
        await using var desks = office.Open(script: true);
        var clerk = await desks.OfAsync("clerk");
        await clerk.GotoAsync("/matters/register");
        await clerk.SendAsync();
        Assert.NotEqual(0, await clerk.Locator("form.command :invalid").CountAsync());
        Assert.EndsWith("/matters/register", clerk.Url, StringComparison.Ordinal);

        await clerk.EvaluateAsync("document.querySelector('form.command').noValidate = true");
        await clerk.SendAsync();
        foreach (var field in new[] { "Title", "Type", "SponsoringUnit", "ContactName" })
            await Assertions.Expect(clerk.Locator($"#f-{field}-error")).ToContainTextAsync("请");
        await Assertions.Expect(clerk.Locator(".error-summary")).ToBeFocusedAsync();
        await clerk.Locator(".error-summary").GetByRole(AriaRole.Link, new() { Name = "请填写“标题”。" }).ClickAsync();
        await Assertions.Expect(clerk.Locator("#f-Title")).ToBeFocusedAsync();
        await desks.LookAsync(clerk, "register-slips");
        desks.AssertNoComplaints();
    }

    [Fact]
    public async Task A_text_too_long_is_not_cut_but_refused_and_kept()
    {
        await using var desks = office.Open(script: false);
        var clerk = await desks.OfAsync("clerk");
        await clerk.GotoAsync("/matters/register");
        var title = new string('长', 301);
        await clerk.FillInAsync([.. Samples.Submission(title)]);
        await clerk.SendAsync();
        await clerk.AssertProblemAsync("Title", "“标题”最长 300 字");
        Assert.Equal(title, await clerk.Locator("#f-Title").InputValueAsync());
        Assert.Equal("示例联系人", await clerk.Locator("#f-ContactName").InputValueAsync());
        desks.AssertNoComplaints();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_of_the_wrong_kind_is_refused_whatever_its_name_says(bool script)
    {
        await using var desks = office.Open(script);
        var clerk = await desks.OfAsync("clerk");
        await clerk.GotoAsync("/matters/register");
        await clerk.FillInAsync(Samples.Submission("关于示例附件的请示"));
        await clerk.Locator("input[name=DraftForReview]").SetInputFilesAsync(new FilePayload { Name = "送审稿.pdf", MimeType = "application/pdf", Buffer = "MZ\u0090\0\u0003"u8.ToArray() });
        await clerk.SendAsync();
        await clerk.AssertProblemAsync("DraftForReview", "不能接收“送审稿.pdf”这种文件");
        Assert.Equal("关于示例附件的请示", await clerk.Locator("#f-Title").InputValueAsync());
        desks.AssertNoComplaints();
    }

    [Fact]
    public async Task What_looks_like_markup_stays_text_on_every_page()
    {
        await using var desks = office.Open(script: true);
        var clerk = await desks.OfAsync("clerk");
        var dialogs = new List<string>();
        clerk.Dialog += (_, dialog) =>
        {
            dialogs.Add(dialog.Message);
            _ = dialog.DismissAsync();
        };
        var number = await clerk.RegisterAsync([.. Samples.Submission(Hostile).Where(f => f.Field != "Parties"), ("Parties", Hostile), ("ContactPhone", Hostile[..50])]);
        foreach (var address in new[] { $"/matters/{number}", $"/matters/{number}/history", "/matters?q=" + Uri.EscapeDataString(Hostile), $"/matters/{number}/do/withdrawMatter" })
        {
            await clerk.GotoAsync(address);
            await clerk.AssertShowsAsync(Hostile);
            Assert.NotEqual("owned", await clerk.TitleAsync());
            Assert.Equal(0, await clerk.Locator("main img, main script").CountAsync());
        }

        Assert.Empty(dialogs);
        desks.AssertNoComplaints();
    }

    [Fact]
    public async Task A_form_left_open_in_a_second_tab_says_where_the_matter_stands_now()
    {
        await using var desks = office.Open(script: true);
        var number = await desks.RegisterAsync("关于示例两个窗口的请示");
        await desks.PreCheckAsync(number);
        var head = await desks.OfAsync("head1");
        var stale = await Desks.SecondTabAsync(head);
        await stale.OpenCommandAsync(number, "受理");
        await head.DoCommandAsync(number, "受理", ("Comment", "同意"));
        await stale.FillInAsync([("Comment", "也同意")]);
        await stale.SendAsync();
        await Assertions.Expect(stale.Locator(".notice")).ToContainTextAsync("该事项现处于“受理分办”环节");
        await stale.AssertStageAsync("受理分办");
        desks.AssertNoComplaints();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_clicks_and_the_way_back_register_one_matter(bool script)
    {
        await using var desks = office.Open(script);
        var clerk = await desks.OfAsync("clerk");
        var title = $"关于示例连续点击的请示（{(script ? "有" : "无")}脚本）";
        await clerk.GotoAsync("/matters/register");
        await clerk.FillInAsync(Samples.Submission(title));
        await clerk.Locator("form.command button.primary").DblClickAsync();
        await Assertions.Expect(clerk.Locator(".notice, .crumbs").First).ToBeVisibleAsync();
        await AssertOneAsync(clerk, title);

        await clerk.GotoAsync("/matters/register");
        title += "之二";
        await clerk.FillInAsync(Samples.Submission(title));
        await clerk.SendAsync();
        await Assertions.Expect(clerk.Locator(".notice")).ToContainTextAsync("已登记");
        await clerk.GoBackAsync();
        await clerk.SendAsync();
        await AssertOneAsync(clerk, title);
        desks.AssertNoComplaints();
    }

    /// <summary>The ledger has the title once.</summary>
    private static async Task AssertOneAsync(IPage page, string title)
    {
        await page.GotoAsync("/matters?q=" + Uri.EscapeDataString(title));
        await Assertions.Expect(page.Locator("main tbody tr")).ToHaveCountAsync(1);
    }
}
