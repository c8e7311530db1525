using System.Text;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Mail;

/// <summary>The transports and the reader against real servers.</summary>
public sealed class MailLoopTests(ITestOutputHelper output)
{
    private const string Token = "k5xw2ylnobzgs3thnf2ho6lqme";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_goes_out_and_its_answer_comes_back_and_counts()
    {
        await using var loop = await MailLoop.StartAsync(Ct);
        Assert.IsType<DeliveryOutcome.Accepted>(await SendAsync(loop, "rev1@reviewer.test"));
        var received = Assert.Single(await ArrivedAsync(loop, "rev1@reviewer.test", 1));
        using var letter = await MimeMessage.LoadAsync(new MemoryStream(received.Raw), Ct);
        Assert.Equal("专家咨询函", letter.Subject);

        await loop.DeliverAsync(Answer(letter, "同意第三条。"), "rev1@reviewer.test", letter.ReplyTo.Mailboxes.Single().Address, Ct);
        var answer = await ReadAsync(Assert.Single(await ArrivedAsync(loop, "opinions@panel.test", 1)));

        Assert.Equal((MailKind.Reply, MailVerdict.Count, Token, "rev1@reviewer.test"), (answer.Kind, answer.Verdict, answer.Token, answer.From));
        Assert.Equal(("同意第三条。", "letter-1@panel.test"), (answer.Text, answer.InReplyTo));
    }

    [Theory]
    [InlineData("nosuchuser@reviewer.test", "RecipientRejected")]
    [InlineData("greylist@reviewer.test", "Retry")]
    [InlineData("a@example.org", "Failed")]
    public async Task A_real_servers_refusals_are_told_apart(string to, string outcome)
    {
        await using var loop = await MailLoop.StartAsync(Ct);

        Assert.Equal(outcome, (await SendAsync(loop, to)).GetType().Name);
    }

    [Fact]
    public async Task A_real_out_of_office_reply_is_no_opinion_though_it_names_our_letter()
    {
        await using var loop = await MailLoop.StartAsync(Ct);
        await SendAsync(loop, "away@reviewer.test", from: $"opinions+r-{Token}@panel.test");

        var mail = await ReadAsync(Assert.Single(await ArrivedAsync(loop, "opinions@panel.test", 1)));

        Assert.Equal((MailKind.AutoReply, MailVerdict.Ignore, Token, "letter-1@panel.test"), (mail.Kind, mail.Verdict, mail.Token, mail.InReplyTo));
    }

    [Fact]
    public async Task A_real_delivery_report_names_the_letter_and_the_address()
    {
        await using var loop = await MailLoop.StartAsync(Ct);
        Assert.IsType<DeliveryOutcome.Accepted>(await SendAsync(loop, "ghost@reviewer.test"));

        var mail = await ReadAsync(Assert.Single(await ArrivedAsync(loop, "opinions@panel.test", 1)));

        Assert.Equal((MailKind.Bounce, MailVerdict.Ignore), (mail.Kind, mail.Verdict));
        Assert.Equal(("ghost@reviewer.test", "letter-1@panel.test", true), (mail.FailedRecipient, mail.OriginalMessageId, mail.PermanentFailure));
    }

    [Fact]
    public async Task The_same_mail_delivered_twice_shows_by_its_message_id()
    {
        await using var loop = await MailLoop.StartAsync(Ct);
        using var mail = Reply("twice@reviewer.test");
        await loop.DeliverAsync(mail, "rev1@reviewer.test", $"opinions+r-{Token}@panel.test", Ct);
        await loop.DeliverAsync(mail, "rev1@reviewer.test", $"opinions+r-{Token}@panel.test", Ct);

        var arrived = await ArrivedAsync(loop, "opinions@panel.test", 2);

        Assert.Equal(2, arrived.Select(one => one.Origin).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("twice@reviewer.test", Assert.Single((await Task.WhenAll(arrived.Select(ReadAsync))).Select(one => one.MessageId).Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_mail_leaves_the_inbox_only_after_it_was_stored()
    {
        await using var loop = await MailLoop.StartAsync(Ct);
        await using var source = Source(loop.Imap());
        await loop.DropAsync("opinions@panel.test", "From: a@b.cn\r\n\r\nhi\r\n"u8.ToArray(), Ct);

        await Assert.ThrowsAsync<InvalidOperationException>(() => source.FetchAsync((_, _) => throw new InvalidOperationException("the database is away"), Ct));
        Assert.Equal(1, await source.FetchAsync((_, _) => Task.FromResult(MailPlace.Quarantine), Ct));
        Assert.Equal(0, await source.FetchAsync((_, _) => Task.FromResult(MailPlace.Processed), Ct));

        Assert.Equal((0, 1), (await CountAsync(loop.Imap(), "Processed"), await CountAsync(loop.Imap(), "Quarantine")));
    }

    [Fact]
    public async Task A_client_thrown_out_comes_back()
    {
        await using var loop = await MailLoop.StartAsync(Ct);
        await using var source = Source(loop.Imap());
        await source.FetchAsync((_, _) => Task.FromResult(MailPlace.Processed), Ct);

        await loop.KickAsync("opinions@panel.test", Ct);
        await loop.DropAsync("opinions@panel.test", "From: a@b.cn\r\n\r\nhi\r\n"u8.ToArray(), Ct);

        Assert.Equal(1, await source.FetchAsync((_, _) => Task.FromResult(MailPlace.Processed), Ct));
    }

    [Fact]
    public async Task A_mailbox_numbered_anew_loses_and_repeats_nothing()
    {
        await using var loop = await MailLoop.StartAsync(Ct);
        await loop.DropAsync("opinions@panel.test", "From: a@b.cn\r\n\r\none\r\n"u8.ToArray(), Ct);
        var first = await ArrivedAsync(loop, "opinions@panel.test", 1);
        await loop.RenumberAsync("opinions@panel.test", Ct);
        await loop.DropAsync("opinions@panel.test", "From: a@b.cn\r\n\r\ntwo\r\n"u8.ToArray(), Ct);

        var second = await ArrivedAsync(loop, "opinions@panel.test", 1);

        Assert.NotEqual(first[0].Origin, second[0].Origin);
        Assert.Contains("two", Encoding.UTF8.GetString(second[0].Raw), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_when_a_mail_arrives()
    {
        await using var loop = await MailLoop.StartAsync(Ct);
        await using var source = Source(loop.Imap());
        await source.FetchAsync((_, _) => Task.FromResult(MailPlace.Processed), Ct);
        var start = TimeProvider.System.GetTimestamp();
        var waiting = source.WaitAsync(TimeSpan.FromSeconds(60), Ct);

        using var mail = Reply("idle@reviewer.test");
        await loop.DeliverAsync(mail, "rev1@reviewer.test", "opinions@panel.test", Ct);
        await waiting;

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(1, await source.FetchAsync((_, _) => Task.FromResult(MailPlace.Processed), Ct));
    }

    [Fact]
    public async Task A_server_that_is_away_is_one_clear_exception()
    {
        var loop = await MailLoop.StartAsync(Ct);
        await using var source = Source(loop.Imap());
        await loop.DisposeAsync();

        await Assert.ThrowsAsync<MailSourceUnavailableException>(() => source.FetchAsync((_, _) => Task.FromResult(MailPlace.Processed), Ct));
    }

    [Fact]
    public async Task Hostile_mails_are_fetched_and_judged_and_the_next_mail_counts()
    {
        await using var loop = await MailLoop.StartAsync(Ct);
        await DropAsync("no headers", "just words\r\n");
        await DropAsync("3 MB header", "From: a@b.cn\r\nX-Long: a\r\n" + string.Concat(Enumerable.Repeat(" " + new string('x', 76) + "\r\n", 40_000)) + "\r\nhi");
        await DropAsync("30 MB", "From: a@b.cn\r\nSubject: big\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 76) + "\r\n", 390_000)));
        await DropAsync("nested", "From: a@b.cn\r\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")));
        using var good = Reply("good@reviewer.test");
        await loop.DeliverAsync(good, "rev1@reviewer.test", $"opinions+r-{Token}@panel.test", Ct);

        var reasons = new List<string>();
        foreach (var arrived in await ArrivedAsync(loop, "opinions@panel.test", 5))
        {
            var start = TimeProvider.System.GetTimestamp();
            var mail = await ReadAsync(arrived);
            output.WriteLine(FormattableString.Invariant($"{mail.Reason}: {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:F0} ms"));
            reasons.Add(mail.Reason);
        }

        Assert.Equal(["header-too-long", "not-a-mail", "oversized", "too-deep", "well-formed"], reasons.Order(StringComparer.Ordinal));

        Task DropAsync(string name, string text)
        {
            output.WriteLine(name);
            return loop.DropAsync("opinions@panel.test", Encoding.ASCII.GetBytes(text), Ct);
        }
    }

    private static async Task<DeliveryOutcome> SendAsync(MailLoop loop, string to, string from = "opinions@panel.test")
    {
        await using var transport = new SmtpTransport(loop.Smtp(), TimeProvider.System);
        using var letter = new MimeMessage { Subject = "专家咨询函", MessageId = "letter-1@panel.test", Body = new TextPart("plain") { Text = "各位专家：请提出意见。" } };
        letter.From.Add(new MailboxAddress("省政府法制办", from));
        letter.To.Add(new MailboxAddress(name: null, to));
        letter.ReplyTo.Add(new MailboxAddress(name: null, ReplyAddress.Format("opinions@panel.test", Token)));
        return await transport.SendAsync(letter, Ct);
    }

    /// <summary>Fetches until so many mails have come; servers take their time.</summary>
    private static async Task<List<ArrivedMail>> ArrivedAsync(MailLoop loop, string mailbox, int count)
    {
        await using var source = Source(loop.Imap(mailbox));
        var arrived = new List<ArrivedMail>();
        for (var round = 0; round < 40 && arrived.Count < count; round++)
        {
            await source.FetchAsync(
                (mail, _) =>
                {
                    arrived.Add(mail);
                    return Task.FromResult(MailPlace.Processed);
                },
                Ct);
            if (arrived.Count < count) await source.WaitAsync(TimeSpan.FromSeconds(1), Ct);
        }

        Assert.Equal(count, arrived.Count);
        return arrived;
    }

    private static Task<ReadMail> ReadAsync(ArrivedMail mail)
    {
        var reader = new MailReader();
        return mail.IsWhole
            ? reader.ReadAsync(mail.Raw, ReadMailOptions.Default, Ct)
            : Task.FromResult(reader.Oversized(mail.Raw, "unknown", ReadMailOptions.Default, Ct));
    }

    private static async Task<int> CountAsync(ImapOptions options, string folder)
    {
        using var client = new MailKit.Net.Imap.ImapClient();
        await client.ConnectAsync(options.Host, options.Port, MailKit.Security.SecureSocketOptions.None, Ct);
        await client.AuthenticateAsync(options.UserName, options.Password, Ct);
        var opened = await client.GetFolderAsync(folder, Ct);
        await opened.OpenAsync(MailKit.FolderAccess.ReadOnly, Ct);
        return opened.Count;
    }

    private static ImapMailSource Source(ImapOptions options) => new(options, TimeProvider.System, NullLogger<ImapMailSource>.Instance);

    private static MimeMessage Answer(MimeMessage letter, string text)
    {
        var answer = new MimeMessage { Subject = "回复: " + letter.Subject, InReplyTo = letter.MessageId, Body = new TextPart("plain") { Text = text + "\n\n在 2014-09-26 10:00:00，法制办 <opinions@panel.test> 写道：\n> " + letter.TextBody } };
        answer.From.Add(new MailboxAddress("张三", "rev1@reviewer.test"));
        answer.To.AddRange(letter.ReplyTo);
        return answer;
    }

    private static MimeMessage Reply(string id)
    {
        var reply = new MimeMessage { Subject = "Re: letter", MessageId = id, Body = new TextPart("plain") { Text = "I agree." } };
        reply.From.Add(new MailboxAddress(name: null, "rev1@reviewer.test"));
        reply.To.Add(new MailboxAddress(name: null, $"opinions+r-{Token}@panel.test"));
        return reply;
    }
}
