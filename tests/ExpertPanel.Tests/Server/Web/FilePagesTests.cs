using System.Net;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Screening;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Tests.Server.Documents;
using ExpertPanel.Tests.Server.Reply;
using ExpertPanel.Tests.Server.Screening;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>How files are given out, what is said beside them, and what the desk is told.</summary>
public sealed class FilePagesTests
{
    private static readonly byte[] Infected = HostileFiles.Zip(("word/document.xml", "<x/>"u8.ToArray()), ("word/media/a.bin", ClamServer.Eicar));

    [Fact]
    public async Task Every_file_goes_out_as_a_download_in_a_sandbox_and_its_text_stands_beside_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var site = await ReplySite.CreateAsync();
        using var expert = await site.AcceptAsync();
        var letter = ConsultationLetterDocx.Write(DocumentSamples.Consultation, new DocumentFonts());
        var form = await expert.ReadAsync(site.Link() + "/work");
        await ReplySite.SubmitAsync(expert, form, "?handler=Review", [("Input.Stand", "Lawful"), ("Input.Text", "见附件")], [("意见；附件.docx", letter)]);
        await site.SubmitAsync(expert, site.Link() + "/confirm", "/confirm");
        await site.ReloadAsync();
        var file = site.First.Opinions[0].Files.Single();
        using var staff = await site.App.SignInAsync("secretary", Role.Secretariat);
        var before = await RowsAsync(site);

        foreach (var download in new[] { await expert.OpenAsync($"{site.Link()}/files/{file.Id}"), await staff.OpenAsync($"/matters/{site.Matter.Number}/files/{file.Id}"), await staff.OpenAsync($"/matters/{site.Matter.Number}/documents/consultation.docx") })
        {
            Assert.Equal(HttpStatusCode.OK, download.StatusCode);
            Assert.Equal("attachment", download.Content.Headers.ContentDisposition?.DispositionType);
            Assert.StartsWith("sandbox; default-src 'none'", download.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", download.Headers.GetValues("X-Content-Type-Options").Single());
        }

        var page = await staff.ReadAsync($"/matters/{site.Matter.Number}");
        Assert.NotNull(page.QuerySelector($"a[href$='/files/{file.Id}/text']"));
        Assert.Contains("未查毒", page.QuerySelector("article.opinion")!.TextContent, StringComparison.Ordinal);
        var text = await staff.ReadAsync($"/matters/{site.Matter.Number}/files/{file.Id}/text");
        Assert.Contains("由程序从文件中读出", text.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("张䶮委员：", text.QuerySelector("pre.mail-text")!.TextContent, StringComparison.Ordinal);
        using var sponsor = await site.App.SignInAsync("sponsor", Role.Sponsor);
        Assert.Equal(HttpStatusCode.NotFound, (await sponsor.OpenAsync($"/matters/{site.Matter.Number}/files/{file.Id}/text")).StatusCode);
        Assert.Equal(before, await RowsAsync(site));

        // The expert's own download is on record; reading the text is not another row.
        static async Task<int> RowsAsync(ReplySite site)
        {
            await using var db = site.Panel.Open();
            return await db.Files.CountAsync() + await db.InboundMails.CountAsync() + await db.Matters.SumAsync(m => m.Version);
        }
    }

    [Fact]
    public async Task An_infected_file_is_named_on_the_desk_and_at_the_opinion_and_given_to_nobody()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var clam = await ClamServer.StartAsync(ct);
        await using var site = await ReplySite.CreateAsync(scanner: clam.Address);
        await clam.StopAsync();
        using var expert = await site.AcceptAsync();
        await ReplySite.SubmitAsync(expert, await expert.ReadAsync(site.Link() + "/work"), "?handler=Review", [("Input.Stand", "Lawful"), ("Input.Text", "见附件")], [("意见.docx", Infected)]);
        await site.SubmitAsync(expert, site.Link() + "/confirm", "/confirm");
        await site.ReloadAsync();
        var file = site.First.Opinions[0].Files.Single();
        using var staff = await site.App.SignInAsync("secretary", Role.Secretariat);
        Assert.Contains("等待查毒", (await staff.ReadAsync("/desk")).QuerySelector("#unscanned")!.TextContent, StringComparison.Ordinal);

        await clam.StartAgainAsync(ct);
        Assert.Equal(1, await site.App.Services.GetRequiredService<FileRescan>().RunAsync(20, ct));

        var desk = await staff.ReadAsync("/desk");
        Assert.Null(desk.QuerySelector("#unscanned"));
        Assert.Contains(site.Matter.Number, desk.QuerySelector("section[aria-labelledby=infected]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(ClamServer.Find, (await staff.ReadAsync($"/matters/{site.Matter.Number}")).QuerySelector("article.opinion")!.TextContent, StringComparison.Ordinal);
        foreach (var path in new[] { $"/matters/{site.Matter.Number}/files/{file.Id}", $"/matters/{site.Matter.Number}/files/{file.Id}/text" })
        {
            var refused = await staff.OpenAsync(path);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.DoesNotContain("EICAR", await refused.Content.ReadAsStringAsync(ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_held_mails_files_are_shown_with_their_state_text_and_download_and_a_barred_one_is_not_given_out()
    {
        await using var site = await ReplySite.CreateAsync();
        using var staff = await site.App.SignInAsync("secretary", Role.Secretariat);
        var inside = new MimeMessage { Subject = "里层", Body = new TextPart("plain") { Text = "里层的文字" } };
        inside.From.Add(new MailboxAddress("", "c@example.test"));
        var message = new MimeMessage
        {
            Subject = "材料",
            Body = new Multipart("mixed")
            {
                new TextPart("plain") { Text = "请收。" }, Part("意见.docx", ConsultationLetterDocx.Write(DocumentSamples.Consultation, new DocumentFonts())), Part("大.docx", HostileFiles.Bomb(400_000_000)), new MessagePart { Message = inside },
            },
        };
        message.From.Add(new MailboxAddress("", "b@example.test"));
        message.To.Add(new MailboxAddress("", "opinions@panel.example"));
        using var raw = new MemoryStream();
        message.WriteTo(raw);
        var held = await site.App.Services.GetRequiredService<InboxRunner>().ReceiveAsync(raw.ToArray(), CancellationToken.None);

        var page = await staff.ReadAsync($"/holding-pen/{held.Id}");
        var download = await staff.OpenAsync($"/holding-pen/{held.Id}/attachments/0?handler=File");
        var original = await staff.OpenAsync($"/holding-pen/{held.Id}?handler=Raw");

        Assert.Contains("压缩比异常", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("里层的文字", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("张䶮委员：", (await staff.ReadAsync($"/holding-pen/{held.Id}/attachments/0")).Body!.TextContent, StringComparison.Ordinal);
        foreach (var given in new[] { download, original })
        {
            Assert.Equal("attachment", given.Content.Headers.ContentDisposition?.DispositionType);
            Assert.StartsWith("sandbox", given.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await staff.OpenAsync($"/holding-pen/{held.Id}/attachments/1?handler=File")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.OpenAsync($"/holding-pen/{held.Id}/attachments/9")).StatusCode);
    }

    [Fact]
    public async Task A_matters_own_upload_is_screened_and_scanned_the_same_way()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var clam = await ClamServer.StartAsync(ct);
        await using var site = await ReplySite.CreateAsync(scanner: clam.Address);
        using var staff = await site.App.SignInAsync("secretary", Role.Secretariat);

        Assert.Contains("内含外部定义", await UploadAsync("外.docx", HostileFiles.Utf16Doctype()), StringComparison.Ordinal);
        Assert.Contains("带有病毒", await UploadAsync("毒.txt", ClamServer.Eicar), StringComparison.Ordinal);
        await UploadAsync("好.pdf", UploadSamples.Pdf);

        await using var db = site.Panel.Open();
        Assert.Equal(("好.pdf", ScanState.Clean), await db.Files.Select(f => new ValueTuple<string, string>(f.Name, f.Scan)).SingleAsync(ct));
        Assert.Contains("已查毒", (await staff.ReadAsync($"/matters/{site.Matter.Number}")).Body!.TextContent, StringComparison.Ordinal);

        async Task<string> UploadAsync(string name, byte[] content)
        {
            var page = await staff.ReadAsync($"/matters/{site.Matter.Number}/attach");
            using var form = new MultipartFormDataContent
            {
                { new StringContent(page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
                { new StringContent(nameof(FileKind.Basis)), "Kind" },
                { new ByteArrayContent(content), "Upload", name },
            };
            var answer = await staff.Client.PostAsync($"/matters/{site.Matter.Number}/attach", form, ct);
            return answer.StatusCode == HttpStatusCode.OK ? WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(ct)) : "";
        }
    }

    private static MimePart Part(string name, byte[] content) => new("application", "octet-stream") { Content = new MimeContent(new MemoryStream(content)), FileName = name, ContentTransferEncoding = ContentEncoding.Base64 };
}
