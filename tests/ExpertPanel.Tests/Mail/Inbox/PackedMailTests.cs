using System.Text;
using ExpertPanel.Server.Mail.Inbox;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Mail.Inbox;

/// <summary>Mails packed in mails: winmail.dat, and a mail attached to a mail.</summary>
public sealed class PackedMailTests
{
    private static readonly byte[] Pdf = "%PDF-1.4\n%%EOF\n"u8.ToArray();

    [Theory]
    [InlineData("application/ms-tnef")]
    [InlineData("application/octet-stream")]
    public async Task A_winmail_dat_gives_its_files_and_its_text_where_the_mail_has_none(string type)
    {
        var packed = Winmail.Of("Opinion: lawful", ("opinion.pdf", Pdf));

        var bare = await ReadAsync("", type, packed);
        var beside = await ReadAsync("意见：合法", type, packed);

        Assert.Equal(("Opinion: lawful", "well-formed"), (bare.Text, bare.Reason));
        Assert.Equal([("opinion.pdf", "application/pdf", 15L)], bare.Attachments.Select(a => (a.Name, a.Type, a.Size)));
        Assert.Equal(Pdf, bare.Attachments[0].Content.ToArray());
        Assert.Equal("意见：合法", beside.Text);
        Assert.Equal(["opinion.pdf"], beside.Attachments.Select(a => a.Name));
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "cut", Winmail.Of("x", ("opinion.pdf", new byte[5000]))[..900] },
        { "nothing but its mark", [0x78, 0x9F, 0x3E, 0x22] },
        { "a length beyond its end", [.. Winmail.Of(null), 2, 0x0F, 0x80, 0x06, 0x00, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3] },
        { "noise", [0x78, 0x9F, 0x3E, 0x22, .. Enumerable.Range(0, 4000).Select(i => (byte)(i * 31))] },
        { "too many files", Winmail.Of(null, [.. Enumerable.Range(0, 300).Select(i => ($"{i}.txt", new byte[] { 65 }))]) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_winmail_dat_loses_neither_the_mail_nor_itself(string fault, byte[] packed)
    {
        var read = await ReadAsync("意见：合法", "application/ms-tnef", packed);

        Assert.Equal(("意见：合法", MailVerdict.Count), (read.Text, read.Verdict));
        Assert.True(read.Attachments.Any(a => a.Content.Span.SequenceEqual(packed)), fault);
    }

    [Fact]
    public async Task An_attached_mail_is_opened_one_level_and_its_text_is_not_the_senders()
    {
        var innermost = Mail("再里层", new TextPart("plain") { Text = "第三层的文字" });
        var inside = Mail("里层", new Multipart("mixed") { new TextPart("plain") { Text = "意见：不合法" }, File("里层.pdf"), new MessagePart { Message = innermost } });
        var outer = Mail("外层", new Multipart("mixed") { new TextPart("plain") { Text = "意见：合法" }, new MessagePart { Message = inside } });

        var read = await ReadAsync(outer);

        Assert.Equal(("意见：合法", "well-formed"), (read.Text, read.Reason));
        Assert.Equal([("里层.eml", "message/rfc822")], read.Attachments.Select(a => (a.Name, a.Type)));
        var opened = Assert.Single(read.AttachedMails);
        Assert.Equal(("里层.eml", "里层", "意见：不合法"), (opened.Name, opened.Subject, opened.Text.Trim()));
        Assert.Equal(["里层.pdf", "再里层.eml"], opened.Attachments.Select(a => a.Name));
    }

    [Fact]
    public async Task Nothing_but_an_attached_mail_waits_for_a_person()
    {
        var outer = Mail("转发", new Multipart("mixed") { new TextPart("plain") { Text = " \n" }, new MessagePart { Message = Mail("里层", new TextPart("plain") { Text = "意见：合法" }) } });

        var read = await ReadAsync(outer);

        Assert.Equal((MailVerdict.Hold, "only-attached-mail", ""), (read.Verdict, read.Reason, read.Text.Trim()));
    }

    [Fact]
    public async Task A_state_secret_mark_is_seen_in_an_attached_mail_too()
    {
        var inside = Mail("里层", new Multipart("mixed") { new TextPart("plain") { Text = "见附件" }, new MimePart("text", "plain") { Content = new MimeContent(new MemoryStream(Encoding.UTF8.GetBytes("机密★10年"))), FileName = "a.txt", ContentTransferEncoding = ContentEncoding.Base64 } });

        Assert.True(SecrecyScan.Bears(await ReadAsync(Mail("外层", new Multipart("mixed") { new TextPart("plain") { Text = "意见：合法" }, new MessagePart { Message = inside } }))));
    }

    private static Task<ReadMail> ReadAsync(string text, string type, byte[] packed)
    {
        var winmail = new MimePart(ContentType.Parse(type)) { Content = new MimeContent(new MemoryStream(packed)), FileName = "winmail.dat", ContentTransferEncoding = ContentEncoding.Base64 };
        return ReadAsync(Mail("回复", new Multipart("mixed") { new TextPart("plain") { Text = text }, winmail }));
    }

    private static async Task<ReadMail> ReadAsync(MimeMessage message)
    {
        using var raw = new MemoryStream();
        message.WriteTo(raw);
        return await new MailReader().ReadAsync(raw.ToArray(), ReadMailOptions.Default, TestContext.Current.CancellationToken);
    }

    private static MimeMessage Mail(string subject, MimeEntity body)
    {
        var message = new MimeMessage { Subject = subject, Body = body };
        message.From.Add(new MailboxAddress("张某", "a@example.cn"));
        message.To.Add(new MailboxAddress("", "opinions+r-k5xw2ylnobzgs3thnf2ho6lqme@panel.test"));
        return message;
    }

    private static MimePart File(string name) => new("application", "pdf") { Content = new MimeContent(new MemoryStream(Pdf)), FileName = name, ContentTransferEncoding = ContentEncoding.Base64 };
}
