using System.Text;
using ExpertPanel.Server.Mail.Inbox;
using Xunit;

namespace ExpertPanel.Tests.Mail.Inbox;

/// <summary>What the sample mails don't show: limits, our own address, and forgeries of the sender.</summary>
public sealed class MailFilterTests
{
    private const string Token = "k5xw2ylnobzgs3thnf2ho6lqme";

    [Theory]
    [InlineData(30, MailVerdict.Count, "well-formed")]
    [InlineData(31, MailVerdict.Ignore, "too-many-hops")]
    public async Task More_than_thirty_hops_is_a_loop(int hops, MailVerdict verdict, string reason)
    {
        var mail = await ReadAsync(string.Concat(Enumerable.Repeat("Received: from a by b\r\n", hops)) + "From: a@example.cn\r\n");

        Assert.Equal((verdict, reason), (mail.Verdict, mail.Reason));
    }

    [Theory]
    [InlineData("opinions@panel.test")]
    [InlineData("Opinions@PANEL.test")]
    [InlineData("opinions+r-k5xw2ylnobzgs3thnf2ho6lqme@panel.test")]
    public async Task A_mail_from_our_own_mailbox_is_a_loop(string from)
    {
        var mail = await ReadAsync($"From: <{from}>\r\n", ReadMailOptions.Default with { OwnMailbox = "opinions@panel.test" });

        Assert.Equal((MailKind.Loop, MailVerdict.Ignore, "own-sender"), (mail.Kind, mail.Verdict, mail.Reason));
    }

    [Theory]
    [InlineData("", "no-sender")]
    [InlineData("From:\r\n", "no-sender")]
    [InlineData("From: nobody\r\n", "no-sender")]
    [InlineData("From: a@\r\n", "no-sender")]
    [InlineData("From: a@example.cn, b@evil.test\r\n", "several-senders")]
    [InlineData("From: a@example.cn\r\nFrom: b@evil.test\r\n", "several-senders")]
    [InlineData("From: a@example.cn\r\nfROM : b@evil.test\r\n", "several-senders")]
    [InlineData("From: a@example.cn\r\n\tb@evil.test\r\n", "several-senders")]
    public async Task Without_exactly_one_author_a_person_decides(string from, string reason)
    {
        var mail = await ReadAsync(from);

        Assert.Equal((MailVerdict.Hold, reason), (mail.Verdict, mail.Reason));
        Assert.Null(mail.From);
    }

    [Theory]
    [InlineData("From: \"rev1@reviewer.test\" <a@evil.test>\r\n")]
    [InlineData("From: =?utf-8?B?cmV2MUByZXZpZXdlci50ZXN0?= <a@evil.test>\r\n")]
    [InlineData("From: (rev1@reviewer.test) a@evil.test\r\n")]
    [InlineData("From: <@reviewer.test,@b.test:a@evil.test>\r\n")]
    [InlineData("Sender: rev1@reviewer.test\r\nFrom: a@evil.test\r\n")]
    [InlineData("Reply-To: rev1@reviewer.test\r\nFrom: a@evil.test\r\n")]
    public async Task A_name_that_looks_like_an_address_is_not_the_sender(string from)
    {
        Assert.Equal("a@evil.test", (await ReadAsync(from)).From);
    }

    [Theory]
    [InlineData("Precedence: list\r\n", MailVerdict.Hold, "mailing-list")]
    [InlineData("Precedence: bulk\r\n", MailVerdict.Ignore, "precedence")]
    [InlineData("Auto-Submitted: Auto-Generated; x=y\r\n", MailVerdict.Ignore, "auto-submitted")]
    [InlineData("Auto-Submitted: NO\r\n", MailVerdict.Count, "well-formed")]
    [InlineData("Return-Path: <>\r\n", MailVerdict.Ignore, "null-return-path")]
    [InlineData("Subject: Automatic reply: letter\r\n", MailVerdict.Ignore, "auto-reply-subject")]
    [InlineData("X-Failed-Recipients: x@y.cn\r\n", MailVerdict.Ignore, "delivery-failed")]
    public async Task What_a_machine_wrote_is_known_by_its_headers(string headers, MailVerdict verdict, string reason)
    {
        var mail = await ReadAsync("From: a@example.cn\r\n" + headers);

        Assert.Equal((verdict, reason), (mail.Verdict, mail.Reason));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\boot.ini", "boot.ini")]
    [InlineData("a\u0000b\r\n.pdf", "ab.pdf")]
    [InlineData("\u202Efdp.exe", "fdp.exe")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("COM1.log", "_COM1.log")]
    [InlineData("...", "attachment-3.pdf")]
    [InlineData("", "attachment-3.pdf")]
    [InlineData(null, "attachment-3.pdf")]
    [InlineData("<b>意见</b>?.docx", "b.docx")]
    [InlineData("𠮷某意见.docx", "𠮷某意见.docx")]
    public void An_attachments_name_is_only_a_name(string? name, string clean)
    {
        Assert.Equal(clean, AttachmentName.Clean(name, 3, ".pdf"));
    }

    [Fact]
    public void A_name_of_300_letters_keeps_its_extension()
    {
        var clean = AttachmentName.Clean(string.Concat(Enumerable.Repeat("𠮷", 300)) + ".docx", 1, ".bin");

        Assert.EndsWith(".docx", clean, StringComparison.Ordinal);
        Assert.InRange(clean.Length, 100, 120);
        Assert.DoesNotContain(clean.EnumerateRunes(), rune => rune == Rune.ReplacementChar);
    }

    private static Task<ReadMail> ReadAsync(string headers, ReadMailOptions? limits = null) =>
        new MailReader().ReadAsync(Encoding.UTF8.GetBytes($"{headers}To: <opinions+r-{Token}@panel.test>\r\n\r\nI agree.\r\n"), limits ?? ReadMailOptions.Default, TestContext.Current.CancellationToken);
}
