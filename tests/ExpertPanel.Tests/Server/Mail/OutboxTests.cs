using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Outbox;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Tests.Mail.Transport;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

public sealed class OutboxTests(PostgresServer postgres)
{
    [Fact]
    public async Task Letters_of_a_step_leave_and_their_rows_say_so()
    {
        await using var mail = await MailPanel.CreateAsync();
        await mail.AskedAsync();

        await using var db = mail.Panel.Open();
        var rows = await db.Letters.ToListAsync();
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row =>
        {
            Assert.NotNull(row.SentAt);
            Assert.Equal(64, row.Sha256?.Length);
            Assert.Contains("专家咨询函", row.Subject ?? "", StringComparison.Ordinal);
            Assert.Equal(1, row.Attempts);
        });
        Assert.Equal(rows.Select(r => r.MessageId).Order(), (await mail.SentAsync()).Select(l => l.MessageId).Order());
        Assert.Equal(0, await mail.SendAsync());
    }

    [Fact]
    public async Task A_letter_whose_server_died_after_the_last_dot_goes_again_under_its_old_Message_ID()
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault(".", Die: true));
        await using var mail = await MailPanel.CreateAsync(server.Port);
        await mail.AskedAsync();
        mail.Panel.Clock.Advance(TimeSpan.FromMinutes(2));
        await mail.SendAsync();

        await using var db = mail.Panel.Open();
        var rows = await db.Letters.ToListAsync();
        Assert.Equal(6, server.Letters.Count);
        Assert.All(rows, row => Assert.Equal(2, server.Letters.Count(l => l.Contains(row.MessageId, StringComparison.OrdinalIgnoreCase))));
        Assert.All(rows, row => Assert.True(row is { SentAt: null, FailedAt: null, Attempts: 2, LastError: not null }));
    }

    [Fact]
    public async Task A_letter_that_meets_no_server_for_72_hours_fails_visibly_and_a_person_sends_it_again()
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault("RCPT", "451 greylisted, try later"));
        await using var mail = await MailPanel.CreateAsync(server.Port);
        var matter = await Stage.ExpertConsultingAsync(mail.Panel);
        var started = mail.Panel.Clock.GetUtcNow();
        var attempts = new List<TimeSpan>();
        while (await NextAttemptAsync(mail) is { } next)
        {
            if (next > mail.Panel.Clock.GetUtcNow()) mail.Panel.Clock.SetUtcNow(next);
            attempts.Add(mail.Panel.Clock.GetUtcNow() - started);
            await mail.SendAsync();
        }

        Assert.Equal(RetryPauses.All.Count + 1, attempts.Count);
        Assert.Equal(TimeSpan.FromHours(72), attempts[^1]);
        Guid failed;
        await using (var db = mail.Panel.Open())
        {
            Assert.All(await db.Letters.ToListAsync(), l => Assert.True(l is { FailedAt: not null, SentAt: null }));
            failed = await db.Letters.Select(l => l.Id).FirstAsync();
        }

        var desk = mail.Panel.Get<ILetterDesk>();
        Assert.Equal("role.missing", (await desk.ResendAsync(mail.Panel.TenantId, failed, People.Leader, default))?.Code);
        Assert.Null(await desk.ResendAsync(mail.Panel.TenantId, failed, People.Secretariat, default));
        Assert.Equal("letter.not-failed", (await desk.ResendAsync(mail.Panel.TenantId, failed, People.Secretariat, default))?.Code);
        await using var after = mail.Panel.Open();
        Assert.True(await after.Letters.SingleAsync(l => l.Id == failed) is { FailedAt: null, Attempts: 0 });
        Assert.Equal(1, await after.History.CountAsync(h => h.StreamId == mail.Panel.TenantId && h.Command == "resendLetter"));
        Assert.True((await AuditCheck.RunAsync(after, default)).Intact);
        Assert.Equal("expertConsulting", (await mail.MatterAsync(matter.Id)).Stage);
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_marked_and_its_seat_goes_to_the_next()
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault("RCPT", "550 5.1.1 no such user"));
        await using var mail = await MailPanel.CreateAsync(server.Port);
        var before = await Stage.ExpertConsultingAsync(mail.Panel);
        await mail.Outbox.SendDueAsync(1, default);

        var panel = (await mail.MatterAsync(before.Id)).Panel;
        Assert.Equal(4, panel?.Invitations.Count);
        Assert.Equal(1, panel?.Invitations.Count(i => i.State == InvitationState.Lapsed && i.Reason!.Contains("退信", StringComparison.Ordinal)));
        await using var db = mail.Panel.Open();
        Assert.Equal(1, await db.ExpertAddresses.CountAsync(a => a.BouncedAt != null));
        Assert.Equal(1, await db.Letters.CountAsync(l => l.FailedAt != null));
        Assert.Equal(3, await db.Letters.CountAsync(l => l.FailedAt == null && l.SentAt == null));
    }

    [Fact]
    public async Task A_letter_that_can_not_be_written_fails_and_the_others_leave()
    {
        await using var mail = await MailPanel.CreateAsync();
        await Stage.ExpertConsultingAsync(mail.Panel);
        await using (var db = mail.Panel.Open())
        {
            (await db.Letters.FirstAsync()).ToAddress = "not an address";
            await db.SaveChangesAsync();
        }

        await mail.SendAsync();
        await using var after = mail.Panel.Open();
        Assert.Equal(2, await after.Letters.CountAsync(l => l.SentAt != null));
        Assert.Contains("地址", (await after.Letters.SingleAsync(l => l.FailedAt != null)).LastError ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_claimed_by_a_process_that_died_is_taken_up_after_the_claim_runs_out()
    {
        await using var mail = await MailPanel.CreateAsync();
        await Stage.ExpertConsultingAsync(mail.Panel);
        var now = mail.Panel.Clock.GetUtcNow();
        await using (var db = mail.Panel.Open())
            await db.Letters.ExecuteUpdateAsync(s => s.SetProperty(l => l.ClaimedBy, "dead").SetProperty(l => l.ClaimedUntil, now.AddMinutes(3)));

        Assert.Equal(0, await mail.SendAsync());
        mail.Panel.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(3, await mail.SendAsync());
    }

    [Fact]
    public async Task Eight_outboxes_at_once_send_each_letter_once_on_SQLite() => await EightAtOnceAsync(connectionString: null);

    [Fact]
    public async Task Eight_outboxes_at_once_send_each_letter_once_on_PostgreSQL()
    {
        var database = await postgres.CreateDatabaseAsync();
        await EightAtOnceAsync(database.ConnectionString);
        await database.DropAsync();
    }

    private static async Task EightAtOnceAsync(string? connectionString)
    {
        await using var server = new ScriptedSmtpServer();
        await using var mail = await MailPanel.CreateAsync(server.Port, connectionString);
        for (var i = 0; i < 8; i++) await Stage.ExpertConsultingAsync(mail.Panel);
        var nodes = Enumerable.Range(0, 8).Select(_ => Node(mail, server.Port)).ToList();

        await Task.WhenAll(nodes.Select(n => Task.Run(async () =>
        {
            while (await n.GetRequiredService<OutboxRunner>().SendDueAsync(50, CancellationToken.None) > 0)
            {
            }
        })));

        foreach (var node in nodes) await node.DisposeAsync();
        await using var db = mail.Panel.Open();
        var rows = await db.Letters.ToListAsync();
        Assert.Equal(24, rows.Count);
        Assert.Equal(24, server.Letters.Count);
        Assert.All(rows, row => Assert.Single(server.Letters, l => l.Contains(row.MessageId, StringComparison.OrdinalIgnoreCase)));
        Assert.All(rows, row => Assert.Equal(1, row.Attempts));
    }

    /// <summary>Another process on the same database, as far as it can be had within one.</summary>
    private static ServiceProvider Node(MailPanel mail, int port) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(mail.Panel.Clock)
        .AddSingleton(new PanelDbFactory(mail.Panel.Databases.Target))
        .AddProcesses(SeedFiles.BesideProgram.Calendars, new ReplyTokens(new byte[32]), new MailIdentity("panel.test"))
        .AddMail(MailPanel.Settings(Path.GetTempPath(), port))
        .BuildServiceProvider();

    private static async Task<DateTimeOffset?> NextAttemptAsync(MailPanel mail)
    {
        await using var db = mail.Panel.Open();
        return await db.Letters.Where(l => l.SentAt == null && l.FailedAt == null).MinAsync(l => (DateTimeOffset?)l.NextAttemptAt);
    }
}
