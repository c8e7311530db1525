using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

[Collection(nameof(OfficeCollection))]
public sealed class MatterPageTests(Office office)
{
    private const string Attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    [Fact]
    public async Task The_page_shows_the_whole_matter()
    {
        var matter = await office.AwaitingFeedbackAsync();

        var page = await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}");

        Assert.Equal(matter.Title, page.QuerySelector("h1")?.TextContent);
        Assert.Equal("采纳反馈", page.QuerySelector(".route [aria-current=step] .name")?.TextContent);
        Assert.Contains("甘政法函〔", page.Text(), StringComparison.Ordinal);
        Assert.Contains("主任丁", page.Text(), StringComparison.Ordinal);
        Assert.Contains("国务院令第713号第26条", page.Text(), StringComparison.Ordinal);
        Assert.Equal(3, page.QuerySelectorAll("article.opinion").Length);
        Assert.NotNull(page.QuerySelector($"a[href='/matters/{matter.Number}/do/recordFeedback']"));
        Assert.Null(page.QuerySelector($"a[href='/matters/{matter.Number}/do/signOpinion']"));
    }

    [Fact]
    public async Task The_side_way_a_matter_took_stands_in_its_route()
    {
        var matter = await office.RunAsync(await office.PreCheckAsync(), new RequestSupplement(["依据目录"]), "处长丙");
        var stops = (await office.Of("处长丙").ReadAsync($"/matters/{matter.Number}")).QuerySelectorAll(".route li").Select(s => s.TextContent.Trim()).ToList();

        Assert.StartsWith("初审", stops[1], StringComparison.Ordinal);
        Assert.StartsWith("补正", stops[2], StringComparison.Ordinal);
        Assert.DoesNotContain(stops, s => s.StartsWith("退回", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sponsor_sees_its_own_matter_without_experts_and_no_other_unit_sees_it()
    {
        var matter = await office.AwaitingFeedbackAsync();
        var expert = matter.Panel?.Invitations[0].ExpertName ?? throw new InvalidOperationException();

        var own = await office.Of("送审人").ReadAsync($"/matters/{matter.Number}");
        Assert.DoesNotContain(expert, own.Body?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("经审查，符合法律规定", own.Body?.TextContent, StringComparison.Ordinal);
        Assert.NotNull(own.QuerySelector($"a[href='/matters/{matter.Number}/do/recordFeedback']"));

        var theirs = await office.Of("他单位").OpenAsync($"/matters/{matter.Number}");
        var nobodys = await office.Of("他单位").OpenAsync("/matters/620000-1999-9999");
        Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
        Assert.Equal(await nobodys.Content.ReadAsStringAsync(), await theirs.Content.ReadAsStringAsync());
        foreach (var part in new[] { "history", "draw.json", "documents/minutes.docx", "documents/dispatch-sheet.docx", "documents/consultation.docx" })
            Assert.Equal(HttpStatusCode.NotFound, (await office.Of("送审人").OpenAsync($"/matters/{matter.Number}/{part}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await office.Of("送审人").OpenAsync($"/matters/{matter.Number}/documents/opinion.docx")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("送审人").OpenAsync($"/matters/{(await office.SigningAsync()).Number}/documents/opinion.docx")).StatusCode);
    }

    [Fact]
    public async Task What_people_type_is_never_markup()
    {
        var matter = await office.PreCheckAsync(Stage.Registration(Attack) with { SponsoringUnit = Attack, Materials = [Attack], Parties = [Attack] });
        await office.RunAsync(matter, new RecordInstruction(Attack, Attack, new(2014, 9, 26)), "主任丁");
        await office.RunAsync(matter, new RequestSupplement([Attack]), "处长丙");

        foreach (var path in new[] { $"/matters/{matter.Number}", $"/matters/{matter.Number}/history", $"/matters/{matter.Number}/do/provideSupplement", "/matters?Q=alert" })
        {
            var page = await office.Of("承办人乙").ReadAsync(path);
            Assert.Contains("alert(1)", page.Body?.TextContent, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("main script, main img, [onerror]"));
        }
    }

    [Fact]
    public async Task The_history_tells_every_step_in_words()
    {
        var matter = await office.VerifyingAsync();

        var page = await office.Of("统计员").ReadAsync($"/matters/{matter.Number}/history");

        var rows = page.QuerySelectorAll("table.history tbody tr");
        await using var db = office.App.Database();
        Assert.Equal(await db.History.CountAsync(h => h.StreamId == matter.Id), rows.Length);
        var text = page.Text("table.history");
        foreach (var expected in new[] { "受理", "初审 → 受理分办", "承办人乙", "网页 test", "特许经营期限是否合法？", "抽取条件哈希", "送审稿" }) Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotMatch("Fact\\.|Field\\.|Enum\\.", text);
        Assert.Empty(page.QuerySelectorAll("table.history dt").Select(dt => dt.TextContent).Where(t => t.Length > 0 && t.All(char.IsAscii) && t != "SHA-256").Distinct());
    }

    [Fact]
    public async Task The_printable_opinion_says_what_the_file_says()
    {
        var matter = await office.DeliveringAsync();

        var page = await office.Of("文书戊").ReadAsync($"/matters/{matter.Number}/opinion");
        var file = await office.Of("文书戊").OpenAsync($"/matters/{matter.Number}/documents/opinion.docx");

        Assert.Contains(matter.Issue?.Number ?? "?", page.Text(".paper"), StringComparison.Ordinal);
        Assert.Contains("经审查，结论为：合法。", page.Text(".paper"), StringComparison.Ordinal);
        using var docx = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(await file.Content.ReadAsStreamAsync(), isEditable: false);
        var text = docx.MainDocumentPart?.Document?.InnerText ?? "";
        foreach (var paragraph in page.QuerySelectorAll(".paper h2, .paper h3").Select(p => p.TextContent.Trim())) Assert.Contains(paragraph, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_are_given_out_as_attachments_in_a_sandbox()
    {
        var matter = await office.DeliveringAsync();

        var answer = await office.Of("文书戊").OpenAsync($"/matters/{matter.Number}/documents/dispatch-sheet.docx");

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains("发文稿纸.docx", answer.Content.Headers.ContentDisposition?.FileNameStar, StringComparison.Ordinal);
        Assert.StartsWith("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("文书戊").OpenAsync($"/matters/{matter.Number}/documents/minutes.docx")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("文书戊").OpenAsync($"/matters/{matter.Number}/documents/unknown.docx")).StatusCode);
    }

    [Fact]
    public async Task The_transcript_is_given_out_as_it_was_stored()
    {
        var matter = await office.ConsultingAsync();

        var answer = await office.Of("秘书辛").OpenAsync($"/matters/{matter.Number}/draw.json");

        await using var db = office.App.Database();
        Assert.Equal(await db.Draws.Where(d => d.MatterId == matter.Id).Select(d => d.Transcript).SingleAsync(), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_opinion_struck_from_the_count_stays_and_is_marked()
    {
        var matter = await office.SummarisingAsync();
        var invitation = matter.Panel?.Invitations[0] ?? throw new InvalidOperationException();
        await office.RunAsync(matter, new StrikeOpinion(invitation.Id, RecusalGround.EmployerIsParty, "所在单位为当事人"), "秘书辛");

        var page = await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}");

        var struck = Assert.Single(page.QuerySelectorAll("article.opinion.invalid"));
        Assert.Contains("不计入", struck.TextContent, StringComparison.Ordinal);
        Assert.Contains("经审查，符合法律规定。", struck.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_begins_a_linked_matter_and_both_show_the_link()
    {
        var matter = await office.AwaitingFeedbackAsync();

        var answer = await office.Of("承办人乙").SendAsync($"/matters/{matter.Number}/correct", "registerCorrection", ("Kind", "Correction"), ("Reason", "第二页笔误"));
        var address = answer.Headers.Location?.OriginalString ?? "";

        Assert.Contains("更正", (await office.Of("承办人乙").ReadAsync(address)).Text(), StringComparison.Ordinal);
        Assert.NotNull((await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}")).QuerySelector($"a[href='{address}']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Of("文书戊").OpenAsync($"/matters/{matter.Number}/correct")).StatusCode);
    }

    [Fact]
    public async Task A_letter_that_failed_is_sent_again_by_the_secretariat_alone()
    {
        var matter = await office.ConsultingAsync();
        Guid letter;
        await using (var db = office.App.Database())
        {
            letter = await db.Letters.Where(l => l.MatterId == matter.Id).Select(l => l.Id).FirstAsync();
            await db.Letters.Where(l => l.Id == letter).ExecuteUpdateAsync(s => s.SetProperty(l => l.FailedAt, TimeProvider.System.GetUtcNow()).SetProperty(l => l.LastError, "550 no such user"));
        }

        Assert.Contains("550 no such user", (await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}")).Text("#letters"), StringComparison.Ordinal);
        var page = await office.Of("秘书辛").ReadAsync($"/matters/{matter.Number}");
        var form = page.QuerySelector<IHtmlFormElement>("#letters form") ?? throw new InvalidOperationException("No button to send again.");
        Assert.Equal(HttpStatusCode.Redirect, (await office.Of("秘书辛").Client.PostAsync($"/matters/{matter.Number}?handler=Resend", form.Filled())).StatusCode);
        var token = (await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}")).QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
        var other = await office.Of("承办人乙").Client.PostAsync($"/matters/{matter.Number}?handler=Resend", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("letter", letter.ToString())]));

        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        await using var after = office.App.Database();
        Assert.Null(await after.Letters.Where(l => l.Id == letter).Select(l => l.FailedAt).SingleAsync());
    }

    [Fact]
    public async Task Every_document_of_a_matter_can_be_had()
    {
        var delivered = await office.DeliveringAsync();
        var declined = await office.RunAsync(await office.PreCheckAsync(), new DeclineMatter(EndingReason.NotALegalQuestion, "《示例办法》第三条"), "处长丙");
        var supplement = await office.RunAsync(await office.PreCheckAsync(), new RequestSupplement(["依据目录", "征求意见情况"]), "处长丙");

        foreach (var (matter, kind) in new[] { (delivered, "opinion"), (delivered, "dispatch-sheet"), (delivered, "consultation"), (declined, "decline"), (supplement, "supplement") })
        {
            var page = await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}");
            Assert.NotEmpty(page.QuerySelectorAll($"a[href*='/documents/{kind}.docx']"));
            var file = await office.Of("承办人乙").OpenAsync($"/matters/{matter.Number}/documents/{kind}.docx");
            using var docx = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(await file.Content.ReadAsStreamAsync(), isEditable: false);
            Assert.Contains("示例供热项目特许经营", docx.MainDocumentPart?.Document?.InnerText, StringComparison.Ordinal);
        }
    }
}
