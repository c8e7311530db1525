using System.Net;
using ExpertPanel.Server.Data;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Tests.Server.Documents;
using ExpertPanel.Tests.Server.Screening;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Reply;

/// <summary>Files on the expert's page: a filled form is read into the fields, a hostile one is refused at its field.</summary>
public sealed class FormUploadTests
{
    private const string Grounds = "𠮷、䶮、㛃三人签订的协议，\n第三条无上位法依据。";

    [Theory]
    [InlineData("?handler=Save")]
    [InlineData("?handler=Review")]
    public async Task A_filled_form_fills_the_empty_fields_to_be_looked_at_before_they_are_submitted(string button)
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        using var form = new FilledForm(FilledForm.Letter(site.Matter.Number)).Tick("opinion.conclusion", 3).Type("opinion.grounds", Grounds).Type("opinion.suggestions", "删去。").Type("opinion.signature", site.First.ExpertName);

        var answer = await ReplySite.SubmitAsync(browser, await browser.ReadAsync(site.Link() + "/work"), button, [], [("意见表.docx", form.Save())]);

        Assert.Equal(site.Link() + "/work?amend=true#opinion", answer.Headers.Location?.ToString());
        var page = await browser.ReadAsync(site.Link() + "/work?amend=true");
        Assert.Contains("请逐项核对后提交", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Grounds, page.QuerySelector("#f-Input-Text")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector("input[name='Input.Stand'][value=Unlawful][checked]"));
        await site.ReloadAsync();
        Assert.Empty(site.First.Opinions);

        await ReplySite.SubmitAsync(browser, page, "?handler=Review", [], []);
        await site.SubmitAsync(browser, site.Link() + "/confirm", "/confirm");
        await site.ReloadAsync();
        var opinion = Assert.Single(site.First.Opinions);
        Assert.Equal((OpinionStand.Unlawful, Grounds, "删去。", "意见表.docx"), (opinion.Stand, opinion.Text, opinion.Suggestions, Assert.Single(opinion.Files).Name));
    }

    [Fact]
    public async Task What_was_typed_is_not_written_over_and_anothers_form_is_not_read()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        using var own = new FilledForm(FilledForm.Letter(site.Matter.Number)).Tick("opinion.conclusion", 3).Type("opinion.grounds", Grounds);
        using var others = new FilledForm(FilledForm.Letter("620000-2014-9999")).Tick("opinion.conclusion", 1).Type("opinion.suggestions", "别的事项");

        await ReplySite.SubmitAsync(browser, await browser.ReadAsync(site.Link() + "/work"), "?handler=Save", [("Input.Stand", "Lawful"), ("Input.Text", "亲手写的")], [("一.docx", own.Save())]);
        await ReplySite.SubmitAsync(browser, await browser.ReadAsync(site.Link() + "/work?amend=true"), "?handler=Save", [], [("二.docx", others.Save())]);

        var page = await browser.ReadAsync(site.Link() + "/work?amend=true");
        Assert.Contains("其中的内容没有读入", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("亲手写的", page.QuerySelector("#f-Input-Text")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector("input[name='Input.Stand'][value=Lawful][checked]"));
        Assert.DoesNotContain("别的事项", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll(".opinion .files li").Length);
    }

    [Fact]
    public async Task A_hostile_file_is_refused_at_its_field_and_the_words_are_kept()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();

        var page = await Browser.DocumentAsync(await ReplySite.SubmitAsync(
            browser, await browser.ReadAsync(site.Link() + "/work"), "?handler=Save", [("Input.Text", "保留的文字")], [("大.docx", HostileFiles.Bomb(400_000_000)), ("外.docx", HostileFiles.Utf16Doctype()), ("层.zip", HostileFiles.Nested(3))]));

        var errors = page.QuerySelector("#f-Input-Files-error")!.TextContent;
        Assert.All(["“大.docx”展开后过大", "“外.docx”内含外部定义", "“层.zip”里的压缩包"], text => Assert.Contains(text, errors, StringComparison.Ordinal));
        Assert.Equal("保留的文字", page.QuerySelector("#f-Input-Text")!.TextContent.Trim());
        Assert.Equal(0, await site.Panel.Open().Files.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_infected_file_is_refused_and_one_that_waits_for_the_scanner_is_not_given_out()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var clam = await ClamServer.StartAsync(ct);
        await using var site = await ReplySite.CreateAsync(scanner: clam.Address);
        using var browser = await site.AcceptAsync();

        var refused = await Browser.DocumentAsync(await UploadAsync(("毒.txt", ClamServer.Eicar)));
        await clam.StopAsync();
        await UploadAsync(("等.pdf", UploadSamples.Pdf));

        Assert.Contains("“毒.txt”带有病毒", refused.QuerySelector("#f-Input-Files-error")!.TextContent, StringComparison.Ordinal);
        await using var db = site.Panel.Open();
        var file = await db.Files.SingleAsync(ct);
        Assert.Equal(("等.pdf", ScanState.Waiting), (file.Name, file.Scan));
        Assert.Contains("等待查毒", (await browser.ReadAsync(site.Link() + "/work?amend=true")).QuerySelector(".opinion .files")!.TextContent, StringComparison.Ordinal);
        var download = await browser.OpenAsync($"{site.Link()}/files/{file.Id}");
        Assert.Equal(HttpStatusCode.Conflict, download.StatusCode);
        Assert.Contains("尚未查毒", (await Browser.DocumentAsync(download)).Body!.TextContent, StringComparison.Ordinal);

        async Task<HttpResponseMessage> UploadAsync((string, byte[]) upload) =>
            await ReplySite.SubmitAsync(browser, await browser.ReadAsync(site.Link() + "/work?amend=true"), "?handler=Save", [("Input.Text", "文字")], [upload]);
    }
}
