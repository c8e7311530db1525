using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

[Collection(nameof(OfficeCollection))]
public sealed class RegisterAndLedgerTests(Office office)
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");

    [Fact]
    public async Task A_registration_with_its_two_files_makes_a_matter_that_has_them()
    {
        var answer = await RegisterAsync("收文员甲", [("SubmissionLetter", "送审函.pdf", Pdf), ("DraftForReview", "送审稿 2014.pdf", [.. Pdf, 0x0A])], ("Title", "关于示例办法的请示"));
        var address = answer.Headers.Location?.OriginalString ?? "";

        var page = await office.Of("承办人乙").ReadAsync(address);
        Assert.Contains("送审稿 2014.pdf", page.Text(), StringComparison.Ordinal);
        var link = page.QuerySelectorAll("main a").Single(a => a.TextContent == "送审函.pdf").GetAttribute("href") ?? "";
        var file = await office.Of("承办人乙").OpenAsync(link);
        Assert.Equal(Pdf, await file.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.StartsWith("sandbox", file.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("他单位").OpenAsync(link)).StatusCode);
    }

    [Theory]
    [InlineData("机密★10年送审稿.pdf", "%PDF-1.4", "国家秘密")]
    [InlineData("送审稿.pdf", "MZ not a document", "不能接收")]
    [InlineData("送审稿.pdf", "", "空的")]
    public async Task A_file_that_may_not_be_taken_is_refused_at_its_field_and_nothing_is_stored(string name, string content, string because)
    {
        await using var db = office.App.Database();
        var before = (await db.Files.CountAsync(), await db.Matters.CountAsync());

        var page = await Browser.DocumentAsync(await RegisterAsync("收文员甲", [("DraftForReview", name, Encoding.ASCII.GetBytes(content))], ("Title", "保留的标题")));

        Assert.Contains(because, page.ErrorAt("f-DraftForReview"), StringComparison.Ordinal);
        Assert.Equal("保留的标题", page.QuerySelector("input[name=Title]")?.GetAttribute("value"));
        Assert.Equal(before, (await db.Files.CountAsync(), await db.Matters.CountAsync()));
    }

    [Fact]
    public async Task A_state_secret_s_mark_in_the_title_refuses_the_registration()
    {
        var page = await Browser.DocumentAsync(await RegisterAsync("收文员甲", [], ("Title", "秘密★5年 请示")));

        Assert.Contains("不得进入本系统", page.ErrorAt("f-Title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreadable_dates_and_missing_fields_are_named_at_once()
    {
        var page = await Browser.DocumentAsync(await RegisterAsync("收文员甲", [], ("Title", " "), ("ReceivedAt", "昨天"), ("PlannedMeetingOn", "2014-13-40"), ("ContactEmail", "not an address")));

        foreach (var field in new[] { "Title", "ReceivedAt", "PlannedMeetingOn", "ContactEmail" }) Assert.NotEmpty(page.ErrorAt("f-" + field));
        Assert.Equal("昨天", page.QuerySelector("input[name=ReceivedAt]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task A_sponsor_registers_for_its_own_unit_only()
    {
        var answer = await RegisterAsync("他单位", [], ("Title", "林业厅的请示"), ("SponsoringUnit", "示例省环保厅"));
        var number = answer.Headers.Location?.OriginalString.Split('/')[^1];

        await using var db = office.App.Database();
        Assert.Equal("示例省林业厅", await db.Matters.Where(m => m.Number == number).Select(m => m.SponsoringUnit).SingleAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Of("承办人乙").OpenAsync("/matters/register")).StatusCode);
    }

    [Fact]
    public async Task The_ledger_finds_filters_sorts_and_keeps_the_query_in_its_links()
    {
        var wanted = await office.RegisteredAsync(Stage.Registration("独一无二的供水事项"));
        await office.PreCheckAsync(Stage.Registration("另一独一无二的事项"));

        var found = await office.Of("承办人乙").ReadAsync("/matters?Q=独一无二的供水");
        Assert.Equal(wanted.Number, Assert.Single(Numbers(found)));
        var staged = await office.Of("承办人乙").ReadAsync("/matters?Q=独一无二&Stage=registered&Size=50");
        Assert.Equal(wanted.Number, Assert.Single(Numbers(staged)));
        Assert.Contains("Q=%E7%8B%AC%E4%B8%80%E6%97%A0%E4%BA%8C", staged.QuerySelector("a[href*='handler=Excel']")?.GetAttribute("href"), StringComparison.Ordinal);
        var ascending = Numbers(await office.Of("承办人乙").ReadAsync("/matters?Q=独一无二&Sort=number"));
        Assert.Equal(ascending.Order(StringComparer.Ordinal), ascending);
        Assert.Empty(Numbers(await office.Of("承办人乙").ReadAsync("/matters?Q=没有这样的事项")));
        Assert.Empty(Numbers(await office.Of("承办人乙").ReadAsync("/matters?Q=独一无二&Year=1999")));
    }

    [Fact]
    public async Task Every_light_and_every_sort_can_be_asked_for()
    {
        await office.UnderReviewAsync();
        foreach (var query in Enum.GetNames<ExpertPanel.Workflows.Deadlines.DeadlineLight>().Select(l => "Light=" + l).Concat(ExpertPanel.Server.Pages.Matters.LedgerQuery.Sorts.Select(s => "Sort=" + s))
            .Concat(["Ended=open", "Ended=closed", "Ended=Withdrawn", "Person=nobody", "Size=7", "p=0", "p=99999", "Year=99999", "Light=%27%3B--"]))
            Assert.Equal(HttpStatusCode.OK, (await office.Of("承办人乙").OpenAsync("/matters?" + query)).StatusCode);
        Assert.NotEmpty((await office.Of("承办人乙").ReadAsync("/matters?Light=Green")).QuerySelectorAll(".light.green"));
    }

    [Fact]
    public async Task A_sponsor_s_ledger_has_its_own_unit_s_matters_only()
    {
        var foreign = await office.RegisteredAsync();
        Assert.DoesNotContain(foreign.Number, Numbers(await office.Of("他单位").ReadAsync("/matters?Size=100")));
    }

    [Fact]
    public async Task The_export_has_the_page_s_columns_and_formulas_are_text()
    {
        const string formula = "=HYPERLINK(\"http://evil.test\",\"x\")";
        await office.RegisteredAsync(Stage.Registration(formula));

        var page = await office.Of("承办人乙").ReadAsync("/matters?Q=HYPERLINK");
        var file = await office.Of("承办人乙").OpenAsync("/matters?Q=HYPERLINK&handler=Excel");

        using var book = SpreadsheetDocument.Open(await file.Content.ReadAsStreamAsync(), isEditable: false);
        var sheet = book.WorkbookPart?.WorksheetParts.Single().Worksheet ?? throw new InvalidOperationException();
        var texts = sheet.Descendants<Cell>().Select(c => c.InnerText).ToList();
        foreach (var header in page.QuerySelectorAll("table.ledger thead th").Select(h => h.TextContent)) Assert.Contains(header, texts);
        Assert.Contains(formula, texts);
        // The total row sums; what people typed never is a formula.
        Assert.DoesNotContain(sheet.Descendants<CellFormula>(), f => f.Text.Contains("HYPERLINK", StringComparison.Ordinal));
    }

    private static List<string> Numbers(IHtmlDocument page) => [.. page.QuerySelectorAll("table.ledger tbody tr td:nth-child(3) a").Select(a => a.TextContent.Trim())];

    private async Task<HttpResponseMessage> RegisterAsync(string who, (string Field, string Name, byte[] Content)[] files, params (string Name, string Value)[] fields)
    {
        var form = (await office.Of(who).ReadAsync("/matters/register")).Form("registerMatter");
        (string, string)[] usual = [("Title", "标题"), ("Type", "LegalInstrument"), ("SponsoringUnit", "示例省环保厅"), ("ContactName", "联系人")];
        var body = new MultipartFormDataContent();
        foreach (var pair in (await form.Filled([.. usual.Where(u => fields.All(f => f.Name != u.Item1)), .. fields]).ReadAsStringAsync()).Split('&'))
        {
            var (name, value) = (WebUtility.UrlDecode(pair.Split('=')[0]), WebUtility.UrlDecode(pair.Split('=')[1]));
            body.Add(new StringContent(value), name);
        }

        foreach (var (field, name, content) in files)
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            body.Add(part, field, name);
        }

        return await office.Of(who).Client.PostAsync("/matters/register", body);
    }
}
