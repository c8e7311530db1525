using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Tests.Mail.Transport;
using ExpertPanel.Workflows;
using Ical.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>How letters leave: signed, at a measured pace, with a calendar entry and names that every reader shows.</summary>
public sealed class OutgoingTests
{
    [Fact]
    public async Task A_letter_bears_a_signature_of_its_committee_that_anybody_can_verify()
    {
        using var key = RSA.Create(2048);
        var file = Path.Combine(Directory.CreateTempSubdirectory("panel-dkim-").FullName, "key.pem");
        await File.WriteAllTextAsync(file, key.ExportPkcs8PrivateKeyPem());
        await using var mail = await MailPanel.CreateAsync(more: s => s.Configure<MailOptions>(o => o.Signing["default"] = new() { Domain = "panel.test", Selector = "s1", KeyFile = file }));
        await mail.AskedAsync();
        var keys = new FileDkimKeys([$"s1._domainkey.panel.test TXT \"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}\""]);
        var reader = new MailReader(keys, TimeProvider.System);

        var letter = (await mail.SentAsync())[0];
        var whole = await reader.ReadAsync(MailPanel.Bytes(letter), ReadMailOptions.Default, CancellationToken.None);
        letter.ReplyTo.Clear();
        letter.ReplyTo.Add(new MailboxAddress("别人", "opinions+r-aaaaaaaaaaaaaaaaaaaaaaaaaa@evil.test"));
        var forged = await reader.ReadAsync(MailPanel.Bytes(letter), ReadMailOptions.Default, CancellationToken.None);

        Assert.Equal(new MailAuthentication(DkimResult.Pass, "panel.test"), whole.Authentication);
        Assert.Equal(DkimResult.Fail, forged.Authentication?.Dkim);
        Assert.Equal("<letters.panel.test>", letter.Headers[HeaderId.ListId]);
    }

    [Fact]
    public async Task Every_attempt_sends_the_same_signed_bytes()
    {
        using var key = RSA.Create(2048);
        var file = Path.Combine(Directory.CreateTempSubdirectory("panel-dkim-").FullName, "key.pem");
        await File.WriteAllTextAsync(file, key.ExportPkcs8PrivateKeyPem());
        await using var server = new ScriptedSmtpServer(new SmtpFault(".", Die: true));
        await using var mail = await MailPanel.CreateAsync(server.Port, more: s => s.Configure<MailOptions>(o => o.Signing["620000"] = new() { Domain = "panel.test", Selector = "s1", KeyFile = file }));
        await mail.AskedAsync();
        mail.Panel.Clock.Advance(TimeSpan.FromMinutes(2));
        await mail.SendAsync();

        Assert.Equal(6, server.Letters.Count);
        Assert.Equal(3, server.Letters.Distinct(StringComparer.Ordinal).Count());
        Assert.All(server.Letters, l => Assert.Contains("DKIM-Signature:", l, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task More_letters_to_one_provider_than_a_minute_takes_wait_without_an_attempt()
    {
        await using var mail = await MailPanel.CreateAsync(more: s => s.Configure<MailOptions>(o => o.PerMinuteAndDomain = 2));
        await mail.AskedAsync();

        await using (var db = mail.Panel.Open())
        {
            var waiting = Assert.Single(await db.Letters.Where(l => l.SentAt == null).ToListAsync());
            Assert.Equal((0, null), (waiting.Attempts, waiting.FailedAt));
            Assert.Contains("每分钟", waiting.LastError, StringComparison.Ordinal);
        }

        mail.Panel.Clock.Advance(TimeSpan.FromMinutes(1));
        await mail.SendAsync();
        await using var after = mail.Panel.Open();
        Assert.All(await after.Letters.ToListAsync(), l => Assert.True(l is { SentAt: not null, Attempts: 1, LastError: null }));
    }

    [Fact]
    public async Task What_is_too_much_for_one_address_today_goes_tomorrow_morning()
    {
        await using var mail = await MailPanel.CreateAsync(more: s => s.Configure<MailOptions>(o => o.DailyPerAddress = 1));
        var matter = await mail.AskedAsync();
        var invitation = matter.Panel!.Invitations[0]; // An asked matter has its panel.
        await using (var db = mail.Panel.Open())
        {
            var letter = await db.Letters.AsNoTracking().SingleAsync(l => l.InvitationId == invitation.Id);
            (letter.Id, letter.MessageId, letter.SentAt, letter.ClaimedBy) = (Guid.CreateVersion7(), "second@panel.test", null, null);
            db.Letters.Add(letter);
            await db.SaveChangesAsync();
        }

        await mail.SendAsync();
        await using (var db = mail.Panel.Open())
        {
            var second = await db.Letters.SingleAsync(l => l.MessageId == "second@panel.test");
            Assert.Null(second.SentAt);
            Assert.Contains("每天", second.LastError, StringComparison.Ordinal);
            mail.Panel.Clock.Advance(second.NextAttemptAt - mail.Panel.Clock.GetUtcNow());
        }

        await mail.SendAsync();
        await using var next = mail.Panel.Open();
        Assert.NotNull((await next.Letters.SingleAsync(l => l.MessageId == "second@panel.test")).SentAt);
    }

    [Fact]
    public async Task A_consultation_brings_its_last_day_for_the_calendar_without_link_or_contents()
    {
        await using var mail = await MailPanel.CreateAsync();
        var matter = await mail.AskedAsync();
        var letter = await mail.LetterToAsync(matter.Panel!.Invitations[0]); // An asked matter has its panel.

        var text = CalendarOf(letter);
        var entry = Calendar.Load(text)!.Events.Single(); // Our own serializer wrote it.

        Assert.Equal(matter.Panel.Invitations[0].Due, entry.Start!.Date);
        Assert.True(entry.IsAllDay);
        Assert.Contains(matter.Number, entry.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(matter.Title, text, StringComparison.Ordinal);
        Assert.DoesNotContain("http", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_withdrawn_invitation_takes_its_entry_out_of_the_calendar()
    {
        await using var mail = await MailPanel.CreateAsync();
        var matter = await mail.AskedAsync();
        var invitation = matter.Panel!.Invitations[0]; // An asked matter has its panel.
        var first = Calendar.Load(CalendarOf(await mail.LetterToAsync(invitation)))!.Events.Single(); // Our own serializer wrote it.
        mail.Panel.Clock.Advance(TimeSpan.FromHours(1));
        await using (var db = mail.Panel.Open())
        {
            var asked = await db.Letters.AsNoTracking().SingleAsync(l => l.InvitationId == invitation.Id);
            var now = mail.Panel.Clock.GetUtcNow();
            (asked.Id, asked.MessageId, asked.Kind, asked.SentAt, asked.ClaimedBy, asked.CreatedAt, asked.NextAttemptAt) =
                (Guid.CreateVersion7(), "withdrawn@panel.test", LetterKinds.InvitationWithdrawn, null, null, now, now);
            db.Letters.Add(asked);
            await db.SaveChangesAsync();
        }

        await mail.SendAsync();
        var calendar = Calendar.Load(CalendarOf((await mail.SentAsync()).Single(l => l.MessageId == "withdrawn@panel.test")))!; // Our own serializer wrote it.

        Assert.Equal("CANCEL", calendar.Method);
        Assert.Equal(first.Uid, calendar.Events.Single().Uid);
        Assert.True(calendar.Events.Single().Sequence > first.Sequence);
    }

    [Fact]
    public async Task A_Chinese_file_name_is_written_for_new_readers_and_old()
    {
        await using var mail = await MailPanel.CreateAsync();
        var matter = await mail.AskedAsync();
        var raw = Encoding.ASCII.GetString(MailPanel.Bytes(await mail.LetterToAsync(matter.Panel!.Invitations[0]))); // An asked matter has its panel.

        Assert.Matches(@"filename\*(0\*)?=utf-8''", raw);
        Assert.Matches(@"name=""=\?utf-8\?[BbQq]\?", raw);
    }

    [Theory]
    [InlineData("Production", "mail.example.cn", false)]
    [InlineData("Production", "127.0.0.1", true)]
    [InlineData("Development", "mail.example.cn", true)]
    public void Outside_Development_no_letter_crosses_a_network_in_the_clear(string environment, string host, bool starts)
    {
        using var services = new ServiceCollection()
            .AddSingleton<Microsoft.Extensions.Hosting.IHostEnvironment>(new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = environment })
            .AddMail(MailPanel.Settings(Path.GetTempPath(), smtpPort: 25))
            .Configure<MailOptions>(o => o.Smtp.Host = host)
            .BuildServiceProvider();

        var fault = Record.Exception(() => services.GetRequiredService<IOptions<MailOptions>>().Value);

        Assert.Equal(starts, fault is null);
        Assert.True(starts || fault!.Message.Contains("Mail:Smtp:AllowPlaintext", StringComparison.Ordinal)); // Not null where it does not start.
    }

    private static string CalendarOf(MimeMessage letter)
    {
        var part = letter.Attachments.OfType<MimePart>().Single(a => a.ContentType.IsMimeType("text", "calendar"));
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes); // An attachment has contents.
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
