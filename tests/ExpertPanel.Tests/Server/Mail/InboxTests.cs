using System.Text;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

public sealed class InboxTests
{
    private const string Opinion = "意见：修改后合法\n理由：第三条无上位法依据。\n修改建议：删去第三条。";

    [Fact]
    public async Task A_reply_by_mail_counts_once_however_often_it_comes()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var raw = await mail.ReplyAsync(invitation, Opinion);

        var first = await mail.ReceiveAsync(raw);
        var second = await mail.ReceiveAsync(raw);
        mail.Panel.Clock.Advance(TimeSpan.FromHours(1));
        var third = await mail.ReceiveAsync(raw);

        Assert.Equal(("counted", "opinion", false), (first.State, first.Reason, first.Repeated));
        Assert.Equal((first.Id, true), (second.Id, second.Repeated));
        Assert.Equal((first.Id, true), (third.Id, third.Repeated));
        var after = await mail.InvitationAsync(matter.Id, invitation.Id);
        Assert.Equal(InvitationState.Submitted, after.State);
        var opinion = Assert.Single(after.Opinions);
        Assert.Equal((OpinionStand.LawfulWithChanges, "第三条无上位法依据。", "删去第三条。", OpinionChannel.Mail), (opinion.Stand, opinion.Text, opinion.Suggestions, opinion.Channel));
        await using var db = mail.Panel.Open();
        var row = await db.InboundMails.SingleAsync();
        Assert.Equal(row.Sha256, opinion.Evidence);
        Assert.Equal(raw, row.Raw);
        Assert.Equal(("mail", matter.Id), ((await db.History.SingleAsync(h => h.IdempotencyKey == $"mail:{row.Sha256}")).Origin.Split(' ')[0], row.MatterId));
    }

    [Fact]
    public async Task The_same_reply_by_another_way_is_a_repeat_and_a_second_opinion_is_an_amendment()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var raw = await mail.ReplyAsync(invitation, Opinion);
        await mail.ReceiveAsync(raw);

        var rerouted = await mail.ReceiveAsync([.. Encoding.ASCII.GetBytes("Received: from other.test by mx.panel.test; Fri, 26 Sep 2014 09:00:00 +0800\r\n"), .. raw]);
        var amended = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "意见：不合法\n理由：再三考虑，无权设定。"));

        Assert.Equal(("ignored", "duplicate"), (rerouted.State, rerouted.Reason));
        Assert.Equal("counted", amended.State);
        Assert.Equal([OpinionStand.LawfulWithChanges, OpinionStand.Unlawful], (await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions.Select(o => o.Stand));
    }

    [Fact]
    public async Task A_reply_that_was_stored_but_not_judged_is_judged_when_it_comes_again()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var raw = await mail.ReplyAsync(invitation, Opinion);
        var first = await mail.ReceiveAsync(raw);
        await using (var db = mail.Panel.Open()) await db.InboundMails.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, "stored"));

        var again = await mail.ReceiveAsync(raw);

        Assert.Equal((first.Id, "counted", false), (again.Id, again.State, again.Repeated));
        Assert.Single((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
    }

    [Theory]
    [InlineData("From", "sender-mismatch")]
    [InlineData("Token", "token-unknown")]
    [InlineData("NoToken", "no-token")]
    [InlineData("Text", "stand-unclear")]
    [InlineData("Recusal", "recusal")]
    [InlineData("Accepting", "acceptance-only")]
    [InlineData("Secret", "state-secret")]
    [InlineData("Executable", "attachment-type")]
    public async Task A_doubtful_reply_is_held_with_its_reason(string doubt, string reason)
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var text = doubt switch { "Text" => "请问第三条何意？", "Recusal" => "本人申请回避。", "Accepting" => "同意参加。", "Secret" => Opinion + "\n机密★10年", _ => Opinion };
        var raw = await mail.ReplyAsync(invitation, text, message =>
        {
            if (doubt == "From") ((MailboxAddress)message.From[0]).Address = "secretary@elsewhere.test";
            if (doubt == "Token") ((MailboxAddress)message.To[0]).Address = "opinions+r-aaaaaaaaaaaaaaaaaaaaaaaaaa@panel.test";
            if (doubt == "NoToken") ((MailboxAddress)message.To[0]).Address = "opinions@panel.test";
            if (doubt == "Executable") message.Body = new BodyBuilder { TextBody = text, Attachments = { { "意见.pdf", "MZ\0\0program"u8.ToArray() } } }.ToMessageBody();
        });

        var received = await mail.ReceiveAsync(raw);

        Assert.Equal(("held", reason), (received.State, received.Reason));
        Assert.Equal(InvitationState.Invited, (await mail.InvitationAsync(matter.Id, invitation.Id)).State);
    }

    [Fact]
    public async Task A_reply_about_a_confidential_matter_is_held()
    {
        await using var mail = await MailPanel.CreateAsync();
        var matter = await mail.AskedAsync(Stage.Registration() with { Secrecy = SecrecyLevel.WorkSecret, MailAllowed = false });
        var invitation = matter.Panel!.Invitations[0];

        var received = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion));

        Assert.Equal(("held", "mail-not-allowed"), (received.State, received.Reason));
        Assert.Empty((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
    }

    [Fact]
    public async Task An_automatic_reply_is_ignored_though_token_and_sender_agree()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);

        var received = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "意见：合法", m => m.Headers.Add("Auto-Submitted", "auto-replied (vacation)")));

        Assert.Equal(("ignored", "auto-submitted", "auto-reply"), (received.State, received.Reason, received.Kind));
        Assert.Equal(InvitationState.Invited, (await mail.InvitationAsync(matter.Id, invitation.Id)).State);
    }

    [Fact]
    public async Task Our_own_letter_come_back_is_ignored()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (_, invitation) = await AskedAsync(mail);

        var received = await mail.ReceiveAsync(MailPanel.Bytes(await mail.LetterToAsync(invitation)));

        Assert.Equal(("ignored", "loop"), (received.State, received.Kind));
    }

    [Fact]
    public async Task A_decline_by_mail_seats_the_next_in_the_order()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);

        var received = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "谢绝。近期在外出差，不便参加。"));

        Assert.Equal(("counted", "declined"), (received.State, received.Reason));
        Assert.Equal(InvitationState.Declined, (await mail.InvitationAsync(matter.Id, invitation.Id)).State);
        Assert.Equal(4, (await mail.MatterAsync(matter.Id)).Panel?.Invitations.Count);
    }

    [Fact]
    public async Task A_bounce_seats_the_next_and_marks_the_address()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var letter = await mail.LetterToAsync(invitation);

        var delayed = await mail.ReceiveAsync(Bounce(letter, letter.To.Mailboxes.Single().Address, "delayed", "4.4.1"));
        var forged = await mail.ReceiveAsync(Bounce(letter, "somebody@else.test", "failed", "5.1.1"));
        Assert.Equal(InvitationState.Invited, (await mail.InvitationAsync(matter.Id, invitation.Id)).State);
        var bounced = await mail.ReceiveAsync(Bounce(letter, letter.To.Mailboxes.Single().Address, "failed", "5.1.1"));

        Assert.Equal(("ignored", "delivery-delayed"), (delayed.State, delayed.Reason));
        Assert.Equal(("held", "bounce-of-other-address"), (forged.State, forged.Reason));
        Assert.Equal(("ignored", "bounced"), (bounced.State, bounced.Reason));
        Assert.Equal(InvitationState.Lapsed, (await mail.InvitationAsync(matter.Id, invitation.Id)).State);
        Assert.Equal(4, (await mail.MatterAsync(matter.Id)).Panel?.Invitations.Count);
        await using var db = mail.Panel.Open();
        Assert.NotNull((await db.ExpertAddresses.SingleAsync(a => a.ExpertId == invitation.ExpertId)).BouncedAt);
        Assert.NotNull((await db.Letters.SingleAsync(l => l.MessageId == letter.MessageId)).FailedAt);
    }

    [Fact]
    public async Task A_reply_after_the_round_closed_is_held_as_too_late()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (_, invitation) = await AskedAsync(mail);
        var raw = await mail.ReplyAsync(invitation, Opinion);
        await mail.Panel.PassAsync(TimeSpan.FromDays(30));

        Assert.Equal(("held", "closed"), (await mail.ReceiveAsync(raw)) is var late ? (late.State, late.Reason) : default);
    }

    [Fact]
    public async Task A_replys_file_becomes_the_opinions_file()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var pdf = "%PDF-1.7\n1 0 obj\n"u8.ToArray();

        var received = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "意见：合法", m =>
            m.Body = new BodyBuilder { TextBody = "意见：合法", Attachments = { { "专家意见.pdf", pdf } } }.ToMessageBody()));

        Assert.Equal("counted", received.State);
        var file = Assert.Single((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions.Single().Files);
        await using var db = mail.Panel.Open();
        Assert.Equal(pdf, (await db.Files.SingleAsync(f => f.Id == file.Id && f.MatterId == matter.Id)).Content);
    }

    [Fact]
    public async Task Mail_that_is_no_mail_or_too_large_is_held_and_the_next_is_handled()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (_, invitation) = await AskedAsync(mail);

        var broken = await mail.ReceiveAsync([.. Encoding.ASCII.GetBytes("To: "), .. Enumerable.Repeat((byte)'x', 3_000_000)]);
        var oversized = await mail.Inbox.ReceiveAsync(
            new ArrivedMail("test", (await mail.ReplyAsync(invitation, Opinion))[..300], 40_000_000, IsWhole: false, mail.Panel.Clock.GetUtcNow()), default);
        var next = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion));

        Assert.Equal(("held", "unreadable"), (broken.State, broken.Kind));
        Assert.Equal(("held", "oversized", "oversized"), (oversized.State, oversized.Reason, oversized.Kind));
        Assert.Equal("counted", next.State);
    }

    private static async Task<(Matter Matter, Invitation Invitation)> AskedAsync(MailPanel mail)
    {
        var matter = await mail.AskedAsync();
        return (matter, matter.Panel!.Invitations[0]);
    }

    private static byte[] Bounce(MimeMessage letter, string recipient, string action, string status) => Encoding.ASCII.GetBytes($"""
        Return-Path: <>
        From: Mail Delivery System <MAILER-DAEMON@mx.example.test>
        To: opinions@panel.test
        Subject: Mail delivery: returning message to sender
        Auto-Submitted: auto-replied
        Message-ID: <{Guid.CreateVersion7():N}@mx.example.test>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain

        Your message could not be delivered.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.test

        Action: {action}
        Final-Recipient: rfc822;{recipient}
        Status: {status}

        --b
        Content-Type: text/rfc822-headers

        Message-ID: <{letter.MessageId}>
        From: opinions@panel.test

        --b--
        """.ReplaceLineEndings("\r\n"));
}
