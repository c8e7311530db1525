using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Tests.Server.Pages;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>保密法 arts. 29, 31: of what bears a state-secret mark only where it came from and its hash are kept.</summary>
public sealed class StateSecretTests
{
    private const string Opinion = "意见：合法\n理由：有依据。";

    public static TheoryData<string> Places => ["Subject", "Text", "Quote", "FileName", "Docx", "TextFile", "AutoReply"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_mail_with_the_mark_leaves_its_hash_and_sender_and_not_its_bytes(string place)
    {
        await using var mail = await MailPanel.CreateAsync();
        var matter = await mail.AskedAsync();
        var raw = await MarkedAsync(mail, matter.Panel!.Invitations[0], place);

        var received = await mail.ReceiveAsync(raw);
        var again = await mail.ReceiveAsync(raw);

        Assert.Equal(("held", "state-secret", false), (received.State, received.Reason, received.Repeated));
        Assert.Equal((received.Id, "state-secret", true), (again.Id, again.Reason, again.Repeated));
        await using var db = mail.Panel.Open();
        var row = await db.InboundMails.SingleAsync();
        Assert.Equal((0, null, raw.LongLength, Convert.ToHexStringLower(SHA256.HashData(raw))), (row.Raw.Length, row.Subject, row.Size, row.Sha256));
        Assert.Equal(await mail.AddressOfAsync(matter.Panel.Invitations[0]), row.FromAddress);
        Assert.Empty(await db.Files.ToListAsync());
        Assert.Empty((await mail.InvitationAsync(matter.Id, matter.Panel.Invitations[0].Id)).Opinions);
    }

    [Fact]
    public async Task On_the_files_transport_the_file_is_gone_and_the_next_mail_is_handled()
    {
        await using var mail = await MailPanel.CreateAsync();
        var matter = await mail.AskedAsync();
        var folder = Directory.CreateTempSubdirectory("panel-secret-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "1.eml"), await MarkedAsync(mail, matter.Panel!.Invitations[0], "Text"));
            await File.WriteAllBytesAsync(Path.Combine(folder, "2.eml"), await mail.ReplyAsync(matter.Panel.Invitations[1], Opinion));
            var source = new FileMailSource(folder, 1_000_000, TimeProvider.System, NullLogger<FileMailSource>.Instance);

            Assert.Equal(2, await source.FetchAsync(new InboxWorker(source, mail.Inbox, TimeProvider.System, NullLogger<InboxWorker>.Instance).ReceiveAsync, CancellationToken.None));

            Assert.Equal(["2.eml"], Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
            await using var db = mail.Panel.Open();
            Assert.Equal(["held", "counted"], await db.InboundMails.OrderBy(m => m.Id).Select(m => m.State).ToListAsync());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_person_can_t_count_it_but_writes_down_what_was_done()
    {
        await using var mail = await MailPanel.CreateAsync();
        var matter = await mail.AskedAsync();
        var held = await mail.ReceiveAsync(await MarkedAsync(mail, matter.Panel!.Invitations[0], "Text"));

        var shown = await mail.Pen.ShowAsync(mail.Panel.TenantId, held.Id, null, default);
        Assert.Equal((false, ""), (shown?.Kept, shown?.Text));
        Assert.Null(await mail.Pen.RawAsync(mail.Panel.TenantId, held.Id, default));
        var refusal = await mail.Pen.AcceptAsync(mail.Panel.TenantId, held.Id, new(matter.Panel.Invitations[0].Id, OpinionStand.Lawful), People.Secretariat, default);
        Assert.Equal("mail.state-secret", refusal?.Code);
        Assert.Null(await mail.Pen.DiscardAsync(mail.Panel.TenantId, held.Id, "已报告保密办", People.Secretariat, default));

        await using var db = mail.Panel.Open();
        Assert.Equal(("discarded", "state-secret", "已报告保密办"), await db.InboundMails.SingleAsync() is var row ? (row.State, row.Reason, row.DecisionNote) : default);
    }

    [Theory]
    [InlineData("/matters/register", "registerMatter", "DraftForReview", "机密★10年送审稿.pdf")]
    [InlineData("/matters/{0}/attach", "", "Upload", "送审稿.docx")]
    [InlineData("/api/v1/matters/{0}/files", "", "file", "送审稿.docx")]
    public async Task An_upload_with_the_mark_is_refused_and_told_on_the_desk(string path, string form, string field, string name)
    {
        await using var office = new OfficeOfOne();
        await office.Office.InitializeAsync();
        var matter = await office.Office.UnderReviewAsync();
        var content = name.EndsWith(".docx", StringComparison.Ordinal) ? Docx() : Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF\n");

        var answer = await office.UploadAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, matter.Number), form, field, name, content);

        Assert.Contains("机密★10年", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var db = office.Office.App.Database();
        Assert.Equal(0, await db.Files.CountAsync());
        var row = await db.InboundMails.SingleAsync();
        Assert.Equal(("upload", "held", "state-secret", 0, content.LongLength), (row.Kind, row.State, row.Reason, row.Raw.Length, row.Size));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), row.Sha256);
        Assert.StartsWith(office.Name, row.FromAddress, StringComparison.Ordinal);

        var secretariat = office.Office.Of("秘书辛");
        Assert.Contains("24 小时内报告", (await secretariat.ReadAsync("/desk")).Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("", (await office.Office.Of("承办人乙").ReadAsync("/desk")).Text("[role=alert]"));
        var page = await secretariat.ReadAsync($"/holding-pen/{row.Id}");
        Assert.Contains(row.Sha256, page.Text(), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("form[action*=Accept], a[href*=Raw]"));
        await secretariat.SubmitAsync($"/holding-pen/{row.Id}", new Dictionary<string, string> { ["Discard.Reason"] = "已报告保密办" }, "Discard");
        Assert.Equal("", (await secretariat.ReadAsync("/desk")).Text("[role=alert]"));
    }

    [Fact]
    public void A_mark_split_by_tags_is_seen_and_talk_of_secrecy_is_none()
    {
        Assert.Equal("机密★10年", SecrecyScan.MarkOf("送审稿.docx", DocxType, Docx("<w:r><w:t>机</w:t></w:r><w:r><w:t>密★</w:t></w:r><w:r><w:t>10年</w:t></w:r>")));
        Assert.Null(SecrecyScan.MarkOf("保密管理办法.docx", DocxType, Docx("<w:t>本办法所称机密，是指……</w:t>")));
        Assert.Null(SecrecyScan.MarkOf("破损.docx", DocxType, Docx()[..60]));
        Assert.NotNull(SecrecyScan.MarkOf("长文.txt", "text/plain", Encoding.UTF8.GetBytes(new string('文', 65_534) + "绝密★")));
    }

    /// <summary>A package that unfolds to a gigabyte is followed no further than a mark could stand.</summary>
    [Fact]
    public void A_package_that_unfolds_without_end_is_left_after_a_bound()
    {
        var bomb = Package(entry =>
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < 1024; i++) entry.Write(block);
        });
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(SecrecyScan.MarkOf("a.docx", DocxType, bomb));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200L << 20);
    }

    private const string DocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private static Task<byte[]> MarkedAsync(MailPanel mail, Invitation invitation, string place) => mail.ReplyAsync(
        invitation, place switch { "Text" => Opinion + "\n机密★10年", "Quote" => Opinion + "\n\n> 秘密★5年\n> 原函", _ => Opinion }, message =>
        {
            if (place == "Subject") message.Subject = "绝密★ 回复";
            if (place == "AutoReply")
            {
                message.Subject = "机密★";
                message.Headers.Add("Auto-Submitted", "auto-replied");
            }

            (string Name, byte[] Content)? file = place switch
            {
                "FileName" => ("机密★意见.pdf", "%PDF-1.7\n1 0 obj\n"u8.ToArray()),
                "Docx" => ("意见.docx", Docx()),
                "TextFile" => ("意见.txt", Encoding.GetEncoding("gb18030").GetBytes("机密★10年\n依据如下，供参考。")),
                _ => null,
            };
            if (file is { } attached) message.Body = new BodyBuilder { TextBody = Opinion, Attachments = { { attached.Name, attached.Content } } }.ToMessageBody();
        });

    private static byte[] Docx(string body = "<w:t>机密★10年</w:t>") => Package(entry => entry.Write(Encoding.UTF8.GetBytes($"<w:document>{body}</w:document>")));

    private static byte[] Package(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var types = zip.CreateEntry("[Content_Types].xml").Open()) types.Write("<x/>"u8);
            using var document = zip.CreateEntry("word/document.xml").Open();
            write(document);
        }

        return stream.ToArray();
    }

    /// <summary>An office for one test, whose handler or clerk uploads by page or by token.</summary>
    private sealed class OfficeOfOne : IAsyncDisposable
    {
        public Office Office { get; } = new();

        public string Name { get; private set; } = "";

        public async Task<HttpResponseMessage> UploadAsync(string path, string form, string field, string name, byte[] content)
        {
            var file = new ByteArrayContent(content);
            var body = new MultipartFormDataContent { { file, field, name } };
            if (path.StartsWith("/api", StringComparison.Ordinal))
            {
                Name = "apihandler";
                body.Add(new StringContent("draftForReview"), "kind");
                using var caller = await Api.ApiCaller.OfAsync(Office.App, Name, [Role.CaseHandler], u => u.Division = "法制一处");
                return await caller.Client.PostAsync(path, body);
            }

            Name = form.Length > 0 ? "收文员甲" : "承办人乙";
            var page = await Office.Of(Name).ReadAsync(path);
            var fields = form.Length > 0
                ? page.Form(form).Filled(("Title", "关于示例办法的请示"), ("Type", "LegalInstrument"), ("SponsoringUnit", "示例省环保厅"), ("ContactName", "联系人"))
                : new FormUrlEncodedContent([new("Kind", "DraftForReview"), new("__RequestVerificationToken", page.QuerySelector("main input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "")]);
            foreach (var pair in (await fields.ReadAsStringAsync()).Split('&'))
                body.Add(new StringContent(System.Net.WebUtility.UrlDecode(pair.Split('=')[1])), System.Net.WebUtility.UrlDecode(pair.Split('=')[0]));
            return await Office.Of(Name).Client.PostAsync(path, body);
        }

        public ValueTask DisposeAsync() => Office.DisposeAsync();
    }
}
