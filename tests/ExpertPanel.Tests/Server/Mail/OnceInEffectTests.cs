using System.Diagnostics;
using System.Text;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Tests.Server.Processes;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>One mail, one effect: whoever receives it, however often, on whichever node.</summary>
public sealed class OnceInEffectTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const string Opinion = "意见：合法\n理由：有依据。";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Two_nodes_that_receive_the_same_bytes_count_them_once(DatabaseKind on)
    {
        await OnAsync(on, async (mail, nodes) =>
        {
            var matter = await mail.AskedAsync();
            var invitation = matter.Panel!.Invitations[0];
            var raw = await mail.ReplyAsync(invitation, Opinion);

            var received = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => nodes[i % 2].ReceiveAsync(raw, CancellationToken.None))));

            Assert.Single(received.Select(r => r.Id).Distinct());
            Assert.Single((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
            await using var db = mail.Panel.Open();
            Assert.Equal("counted", (await db.InboundMails.SingleAsync()).State);
        });
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task One_token_and_message_id_answer_once_whatever_the_bytes(DatabaseKind on)
    {
        await OnAsync(on, async (mail, nodes) =>
        {
            var matter = await mail.AskedAsync();
            var invitation = matter.Panel!.Invitations[0];
            // Another text under one Message-ID, each by a way of its own: whichever is first is the answer, for ever.
            var mails = new List<byte[]>();
            for (var i = 0; i < 8; i++)
                mails.Add([.. Encoding.ASCII.GetBytes($"Received: from way{i}.test by mx.panel.test; Fri, 26 Sep 2014 09:00:00 +0800\r\n"), .. await mail.ReplyAsync(invitation, $"意见：{(i % 2 == 0 ? "合法" : "不合法")}\n理由：第 {i} 个版本。", m => m.MessageId = "one@example.test")]);

            await Task.WhenAll(mails.Select((raw, i) => Task.Run(() => nodes[i % 2].ReceiveAsync(raw, CancellationToken.None))));
            mail.Panel.Clock.Advance(TimeSpan.FromHours(1));
            var later = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "意见：弃权\n理由：又一个版本。", m => m.MessageId = "one@example.test"));

            Assert.Equal(("held", "message-id-reused"), (later.State, later.Reason));
            Assert.Single((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
            await using var db = mail.Panel.Open();
            Assert.Equal(1, await db.InboundMails.CountAsync(m => m.ReplyKey != null));
            Assert.Equal((1, 8), (await db.InboundMails.CountAsync(m => m.State == "counted"), await db.InboundMails.CountAsync(m => m.Reason == "message-id-reused")));
        });
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_database_itself_refuses_a_second_answer_and_a_second_copy(DatabaseKind on)
    {
        await OnAsync(on, async (mail, _) =>
        {
            var matter = await mail.AskedAsync();
            await mail.ReceiveAsync(await mail.ReplyAsync(matter.Panel!.Invitations[0], Opinion));
            await using var db = mail.Panel.Open();
            var row = await db.InboundMails.AsNoTracking().SingleAsync();
            foreach (var (sha256, key) in new[] { (row.Sha256, (string?)null), ("other bytes", row.ReplyKey) })
            {
                db.InboundMails.Add(new() { Id = Guid.CreateVersion7(), ReceivedAt = row.ReceivedAt, Sha256 = sha256, ReplyKey = key, Kind = "reply" });
                var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
                Assert.True(DatabaseFaults.IsRace(refused));
                db.ChangeTracker.Clear();
            }
        });
    }

    [Fact]
    public async Task A_later_mail_is_a_new_version_while_the_round_is_open_and_late_after()
    {
        await using var mail = await MailPanel.CreateAsync();
        var matter = await mail.AskedAsync();
        var invitation = matter.Panel!.Invitations[0];
        await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion));
        await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "意见：修改后合法\n理由：另有一条。"));
        await mail.Panel.PassAsync(TimeSpan.FromDays(30));

        var late = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "意见：不合法\n理由：迟了。"));

        Assert.Equal(("held", "closed"), (late.State, late.Reason));
        var after = (await mail.MatterAsync(matter.Id)).AllInvitations.Single(i => i.Id == invitation.Id);
        Assert.Equal([1, 2], after.Opinions.Select(o => o.Version));
        Assert.Equal((OpinionStand.Lawful, OpinionStand.LawfulWithChanges), (after.Contradiction?.Before.Stand, after.Contradiction?.Now.Stand));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_workers_bring_a_bounce_to_the_substitutes_letter_within_a_minute_of_real_time(bool chinese)
    {
        await using var mail = await MailPanel.CreateAsync();
        var matter = await mail.AskedAsync();
        var invitation = matter.Panel!.Invitations[0];
        var letter = await mail.LetterToAsync(invitation);
        var folder = Directory.CreateTempSubdirectory("bounce-in-").FullName;
        await using var node = Node(mail, s => s.AddSingleton<TimeProvider>(new RunningClock(TestPanel.Start)).AddSingleton<IMailSource>(new FileMailSource(folder, 1_000_000, TimeProvider.System, NullLogger<FileMailSource>.Instance)), folder);
        using var worker = ActivatorUtilities.CreateInstance<InboxWorker>(node);
        await worker.StartAsync(CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken); // It is waiting for mail by now.

        var watch = Stopwatch.StartNew();
        await File.WriteAllBytesAsync(Path.Combine(folder, "bounce.tmp"), Bounce(letter, chinese), TestContext.Current.CancellationToken);
        File.Move(Path.Combine(folder, "bounce.tmp"), Path.Combine(folder, "bounce.eml"));
        while (watch.Elapsed < TimeSpan.FromSeconds(60) && !await SubstituteAsync(mail, matter.Id)) await Task.Delay(100, TestContext.Current.CancellationToken);
        watch.Stop();
        await worker.StopAsync(CancellationToken.None);

        output.WriteLine($"from the file to the substitute's letter: {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(await SubstituteAsync(mail, matter.Id));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
        await using var db = mail.Panel.Open();
        Assert.NotNull(await db.ExpertAddresses.Where(a => a.ExpertId == invitation.ExpertId).Select(a => a.BouncedAt).SingleAsync());
        Assert.Equal(nameof(InvitationState.Lapsed), await db.Invitations.Where(i => i.Id == invitation.Id).Select(i => i.State).SingleAsync());
    }

    /// <summary>Real time, but on the day on which the experts are in office.</summary>
    private sealed class RunningClock(DateTimeOffset start) : TimeProvider
    {
        private readonly long began = Stopwatch.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start.ToUniversalTime() + Stopwatch.GetElapsedTime(began);
    }

    private static async Task<bool> SubstituteAsync(MailPanel mail, Guid matter)
    {
        await using var db = mail.Panel.Open();
        return await db.Letters.CountAsync(l => l.MatterId == matter && l.Kind == "consultation") == 4;
    }

    /// <summary>By RFC 3464, or as QQ and 163 write it: an ordinary mail in Chinese.</summary>
    private static byte[] Bounce(MimeMessage letter, bool chinese)
    {
        var to = letter.To.Mailboxes.Single().Address;
        return Encoding.UTF8.GetBytes((chinese
            ? $"From: postmaster@mail.test\nTo: opinions@panel.test\nSubject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("系统退信"))}?=\nMessage-ID: <dsn-zh@mail.test>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
                + $"--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n抱歉，您的邮件被退回来了。收件人 {to} 不存在，550 无此用户。\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <{letter.MessageId}>\nFrom: opinions@panel.test\nTo: {to}\n\n--b--\n"
            : $"Return-Path: <>\nFrom: MAILER-DAEMON@mx.test\nTo: opinions@panel.test\nSubject: Undelivered\nMessage-ID: <dsn@mx.test>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
                + $"--b\nContent-Type: text/plain\n\nFailed.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\nAction: failed\nFinal-Recipient: rfc822;{to}\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{letter.MessageId}>\n\n--b--\n").ReplaceLineEndings("\r\n"));
    }

    private async Task OnAsync(DatabaseKind on, Func<MailPanel, InboxRunner[], Task> test)
    {
        var database = on == DatabaseKind.Postgres ? await postgres.CreateDatabaseAsync() : null;
        await using (var mail = await MailPanel.CreateAsync(connectionString: database?.ConnectionString))
        {
            await using var node = Node(mail, s => s.AddSingleton<TimeProvider>(mail.Panel.Clock), Path.GetTempPath());
            await test(mail, [mail.Inbox, node.GetRequiredService<InboxRunner>()]);
        }

        if (database is not null) await database.DropAsync();
    }

    /// <summary>Another process on the same database.</summary>
    private static ServiceProvider Node(MailPanel mail, Action<IServiceCollection> more, string folder)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(new PanelDbFactory(mail.Panel.Databases.Target))
            .AddProcesses(SeedFiles.BesideProgram.Calendars, new ReplyTokens(new byte[32]), new MailIdentity("panel.test"));
        more(services);
        return services.AddMail(MailPanel.Settings(folder, smtpPort: null)).BuildServiceProvider();
    }
}
