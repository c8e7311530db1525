using System.Net;
using ExpertPanel.Server.Reply;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Reply;

/// <summary>Writing, submitting and amending the opinion on the page.</summary>
public sealed class ReplyOpinionTests
{
    [Fact]
    public async Task A_saved_draft_is_there_on_the_next_day_and_the_next_device()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Save", ("Input.Text", "写了一半"), ("Input.Suggestions", "改第三条"), ("Input.Dissent", "true"));
        site.Panel.Clock.Advance(TimeSpan.FromHours(20));
        using var phone = await site.EnterAsync();
        var page = await phone.ReadAsync(site.Link() + "/work");
        Assert.Equal("写了一半", page.QuerySelector("#f-Input-Text")!.TextContent);
        Assert.Equal("改第三条", page.QuerySelector("#f-Input-Suggestions")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector("input[name='Input.Dissent'][checked]"));
        Assert.Contains("草稿已保存 09:00", page.QuerySelector(".saved")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_saves_gets_the_time_alone()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        browser.Client.DefaultRequestHeaders.Add("HX-Request", "true");
        var saved = await (await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Save", ("Input.Text", "写了一半"))).Content.ReadAsStringAsync();
        Assert.Equal("草稿已保存 09:00", saved.Trim());
        var same = await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Save", ("Input.Text", "写了一半"));
        Assert.Equal(HttpStatusCode.NoContent, same.StatusCode);

        var page = await browser.ReadAsync(site.Link() + "/work");
        site.Panel.Clock.Advance(TimeSpan.FromHours(3));
        var late = await (await ReplySite.SubmitAsync(browser, page, "?handler=Save", [("Input.Text", "又写了些")], [])).Content.ReadAsStringAsync();
        Assert.Contains("尚未保存", late, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_when_the_session_ends_comes_through_the_code()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        var form = await browser.ReadAsync(site.Link() + "/work");
        site.Panel.Clock.Advance(TimeSpan.FromHours(3));
        const string Typed = "第一行\n  第二行 <b>\n\n最后";
        var expired = await Browser.DocumentAsync(await ReplySite.SubmitAsync(browser, form, "?handler=Review", [("Input.Stand", "Unlawful"), ("Input.Text", Typed)], []));
        Assert.Contains("登录已超时", expired.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(ReplySite.SecretTitle, expired.Body.TextContent, StringComparison.Ordinal);

        var sent = await Browser.DocumentAsync(await ReplySite.SubmitAsync(browser, expired, "/code", [], []));
        var mistyped = await Browser.DocumentAsync(await ReplySite.SubmitAsync(browser, sent, "/enter", [("Code", "abc")], []));
        var again = await Browser.DocumentAsync(await ReplySite.SubmitAsync(browser, mistyped, "/code", [], []));
        var entered = await ReplySite.SubmitAsync(browser, again, "/enter", [("Code", site.NewestCode())], []);
        Assert.Equal(site.Link() + "/work", entered.Headers.Location?.ToString());
        await using var db = site.Panel.Open();
        var draft = await db.OpinionDrafts.SingleAsync();
        Assert.Equal((Typed, "Unlawful"), (draft.Text, draft.Stand));
    }

    [Fact]
    public async Task Nothing_is_submitted_before_the_whole_text_was_shown_and_confirmed()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        var empty = await Browser.DocumentAsync(await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Review"));
        Assert.Equal("请选择“总体意见”。", empty.QuerySelector("#f-Input-Stand-error")!.TextContent);
        Assert.Equal("请填写“意见和理由”。", empty.QuerySelector("#f-Input-Text-error")!.TextContent);

        await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Review", ("Input.Stand", "LawfulWithChanges"), ("Input.Text", "第三条须改。"));
        var shown = await browser.ReadAsync(site.Link() + "/confirm");
        Assert.Contains("修改后合法", shown.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("第三条须改。", shown.Body.TextContent, StringComparison.Ordinal);
        await site.ReloadAsync();
        Assert.Empty(site.First.Opinions);

        // Changed in another tab meanwhile: shown again, not submitted.
        await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Save", ("Input.Text", "第四条须改。"));
        var changed = await Browser.DocumentAsync(await ReplySite.SubmitAsync(browser, shown, "/confirm", [], []));
        Assert.Contains("草稿在别处有了修改", changed.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("第四条须改。", changed.Body.TextContent, StringComparison.Ordinal);
        await site.ReloadAsync();
        Assert.Empty(site.First.Opinions);
    }

    [Fact]
    public async Task A_submitted_opinion_has_a_receipt_with_time_version_and_hash()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        await site.SubmitOpinionAsync(browser, "经审查，合法。");
        var opinion = Assert.Single(site.First.Opinions);
        Assert.Equal((1, OpinionChannel.Web, "经审查，合法。"), (opinion.Version, opinion.Channel, opinion.Text));
        var receipt = (await browser.ReadAsync(site.Link() + "/receipt")).Body!.TextContent;
        Assert.Contains("2014年9月26日 09:00", receipt, StringComparison.Ordinal);
        Assert.Contains("第 1 版", receipt, StringComparison.Ordinal);
        Assert.Contains(OpinionSubmission.HashOf("经审查，合法。"), receipt, StringComparison.Ordinal);
        await using var db = site.Panel.Open();
        Assert.Empty(await db.OpinionDrafts.ToListAsync());
    }

    [Fact]
    public async Task Two_clicks_make_one_version()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Review", ("Input.Stand", "Lawful"), ("Input.Text", "同意。"));
        var shown = await browser.ReadAsync(site.Link() + "/confirm");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ReplySite.SubmitAsync(browser, shown, "/confirm", [], [])));
        Assert.All(answers, a => Assert.Equal(site.Link() + "/receipt", a.Headers.Location?.ToString()));
        await site.ReloadAsync();
        Assert.Single(site.First.Opinions);
    }

    [Fact]
    public async Task An_opinion_is_amended_until_the_round_closes_and_every_version_stays()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        await site.SubmitOpinionAsync(browser, "第一版。");
        await site.SubmitOpinionAsync(browser, "第二版。", OpinionStand.Unlawful);
        Assert.Equal(["第一版。", "第二版。"], site.First.Opinions.Select(o => o.Text));
        var receipt = await browser.ReadAsync(site.Link() + "/receipt");
        Assert.Equal(2, receipt.QuerySelectorAll("details.version").Length);

        var form = await browser.ReadAsync(site.Link() + "/work?amend=true");
        site.Panel.Clock.Advance(TimeSpan.FromDays(30));
        using var later = await site.EnterAsync();
        var answer = await ReplySite.SubmitAsync(later, await WithFormOfAsync(later, site, form), "?handler=Save", [("Input.Text", "第三版。")], []);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, answer.ToString());
        var late = await Browser.DocumentAsync(answer);
        Assert.Contains("现在不能再提交或修改意见", late.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("第三版。", late.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("本轮咨询的提交期限已过", (await later.ReadAsync(site.Link())).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await later.ReadAsync(site.Link() + "/receipt")).QuerySelectorAll("details.version").Length);
    }

    [Fact]
    public async Task A_program_called_pdf_is_refused_at_its_field_and_the_words_are_kept()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        var form = await browser.ReadAsync(site.Link() + "/work");
        var page = await Browser.DocumentAsync(await ReplySite.SubmitAsync(
            browser, form, "?handler=Review", [("Input.Stand", "Lawful"), ("Input.Text", "保留的文字")], [("发票.pdf", UploadSamples.Exe), ("意见.pdf", UploadSamples.Pdf)]));
        Assert.Contains("“发票.pdf”这种文件不能接收", page.QuerySelector("#f-Input-Files-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("保留的文字", page.QuerySelector("#f-Input-Text")!.TextContent);
        Assert.Contains("意见.pdf", page.QuerySelector(".opinion .files")!.TextContent, StringComparison.Ordinal);
        await using var db = site.Panel.Open();
        Assert.Equal("意见.pdf", (await db.Files.SingleAsync()).Name);
    }

    [Fact]
    public async Task An_attachment_is_submitted_with_the_opinion_and_can_be_read_again()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        var form = await browser.ReadAsync(site.Link() + "/work");
        await ReplySite.SubmitAsync(browser, form, "?handler=Review", [("Input.Stand", "Lawful"), ("Input.Text", "见附件")], [("意见.docx", UploadSamples.Docx)]);
        await site.SubmitAsync(browser, site.Link() + "/confirm", "/confirm");
        await site.ReloadAsync();
        var file = Assert.Single(site.First.Opinions[0].Files);
        Assert.Equal(("意见.docx", UploadSamples.Docx.LongLength), (file.Name, file.Size));
        Assert.Equal(UploadSamples.Docx, await (await browser.OpenAsync($"{site.Link()}/files/{file.Id}")).Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</textarea><img src=x onerror=alert(1)>")]
    [InlineData("\"><svg/onload=alert(1)>")]
    public async Task What_looks_like_markup_is_text(string text)
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        await site.SubmitOpinionAsync(browser, text);
        Assert.Equal(text, site.First.Opinions[0].Text);
        foreach (var path in new[] { "/work", "/work?amend=true", "/receipt" })
        {
            var page = await browser.ReadAsync(site.Link() + path);
            Assert.Empty(page.QuerySelectorAll("main script, main img, main svg"));
            Assert.Contains(text, page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    /// <summary>A page kept open over the end of the session: its form, with the new session's own proof of origin.</summary>
    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> WithFormOfAsync(Browser browser, ReplySite site, AngleSharp.Html.Dom.IHtmlDocument kept)
    {
        var fresh = await browser.ReadAsync(site.Link());
        var token = fresh.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var field in kept.QuerySelectorAll("input[name=__RequestVerificationToken]")) field.SetAttribute("value", token);
        return kept;
    }
}
