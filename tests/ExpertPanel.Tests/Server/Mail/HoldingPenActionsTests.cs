using ExpertPanel.Server.Processes;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Tests.Server.Processes;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>What can be done about a held mail beside counting and discarding it.</summary>
public sealed class HoldingPenActionsTests(PostgresServer postgres)
{
    private const string Private = "private.box@elsewhere.test";

    private const string Opinion = "意见：合法\n理由：有依据。";

    [Fact]
    public async Task An_address_is_registered_only_after_a_yes_from_the_registered_one_and_what_it_sent_is_judged_again()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var held = await mail.ReceiveAsync(await FromPrivateBoxAsync(mail, invitation, Opinion));
        var other = await mail.ReceiveAsync(await FromPrivateBoxAsync(mail, invitation, "意见：不合法\n理由：改变看法。"));
        var shown = await mail.Pen.ShowAsync(mail.Panel.TenantId, held.Id, null, default);
        Assert.Equal(invitation.Id, shown?.Registrable?.InvitationId);

        Assert.Null(await mail.Pen.RegisterAsync(mail.Panel.TenantId, held.Id, invitation.Id, People.Secretariat, default));
        Assert.Equal("address.asked", (await mail.Pen.RegisterAsync(mail.Panel.TenantId, held.Id, invitation.Id, People.Secretariat, default))?.Code);
        await mail.SendAsync();
        var letter = Assert.Single(await mail.SentAsync(), l => l.Subject!.StartsWith("登记邮箱确认", StringComparison.Ordinal));
        Assert.Equal(await mail.AddressOfAsync(invitation), letter.To.Mailboxes.Single().Address);
        Assert.Contains(Private, letter.TextBody, StringComparison.Ordinal);
        Assert.Empty((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
        Assert.Equal(MailAnswer.Counted, await mail.Panel.Get<IMailQuestions>().AnswerAsync(MailPanel.QuestionIn(letter), true, "web test", default));

        await using var db = mail.Panel.Open();
        var address = await db.ExpertAddresses.SingleAsync(a => a.Address == Private);
        Assert.Equal((invitation.ExpertId, false), (address.ExpertId, address.Primary));
        Assert.NotNull(address.VerifiedAt);
        Assert.Equal(["counted", "counted"], await db.InboundMails.Where(m => m.Id == held.Id || m.Id == other.Id).Select(m => m.State).ToListAsync());
        Assert.Equal(1, await db.History.CountAsync(h => h.Command == "registerAddress"));
        var after = await mail.InvitationAsync(matter.Id, invitation.Id);
        Assert.Equal([OpinionStand.Lawful, OpinionStand.Unlawful], after.Opinions.Select(o => o.Stand));
        Assert.Equal((OpinionStand.Lawful, OpinionStand.Unlawful), (after.Contradiction?.Before.Stand, after.Contradiction?.Now.Stand));
        Assert.True(await db.Invitations.Where(i => i.Id == invitation.Id).Select(i => i.Contradicts).SingleAsync());
        Assert.True((await AuditCheck.RunAsync(db, default)).Intact);
    }

    [Fact]
    public async Task Bad_registrations_are_refused_and_a_no_registers_nothing()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var neighbour = matter.Panel!.Invitations[1];
        var taken = await mail.AddressOfAsync(neighbour);
        var foreign = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion, m => ((MailboxAddress)m.From[0]).Address = taken));
        var held = await mail.ReceiveAsync(await FromPrivateBoxAsync(mail, invitation, Opinion));

        Assert.Equal("address.taken", (await mail.Pen.RegisterAsync(mail.Panel.TenantId, foreign.Id, invitation.Id, People.Secretariat, default))?.Code);
        Assert.Equal("address.registered", (await mail.Pen.RegisterAsync(mail.Panel.TenantId, foreign.Id, neighbour.Id, People.Secretariat, default))?.Code);
        Assert.Equal("invitation.not-found", (await mail.Pen.RegisterAsync(mail.Panel.TenantId, held.Id, Guid.CreateVersion7(), People.Secretariat, default))?.Code);
        Assert.Equal("mail.not-held", (await mail.Pen.RegisterAsync(Guid.CreateVersion7(), held.Id, invitation.Id, People.Secretariat, default))?.Code);
        Assert.Equal("role.missing", (await mail.Pen.RegisterAsync(mail.Panel.TenantId, held.Id, invitation.Id, People.Handler, default))?.Code);
        await using (var db = mail.Panel.Open()) await db.ExpertAddresses.Where(a => a.ExpertId == invitation.ExpertId).ExecuteUpdateAsync(s => s.SetProperty(a => a.BouncedAt, TestPanel.Start));
        Assert.Equal("address.no-registered", (await mail.Pen.RegisterAsync(mail.Panel.TenantId, held.Id, invitation.Id, People.Secretariat, default))?.Code);
        await using (var db = mail.Panel.Open()) await db.ExpertAddresses.ExecuteUpdateAsync(s => s.SetProperty(a => a.BouncedAt, (DateTimeOffset?)null));
        Assert.Null(await mail.Pen.RegisterAsync(mail.Panel.TenantId, held.Id, invitation.Id, People.Secretariat, default));
        await mail.SendAsync();
        var letter = Assert.Single(await mail.SentAsync(), l => l.Subject!.StartsWith("登记邮箱确认", StringComparison.Ordinal));
        Assert.Equal(MailAnswer.Denied, await mail.Panel.Get<IMailQuestions>().AnswerAsync(MailPanel.QuestionIn(letter), false, "web test", default));

        await using var after = mail.Panel.Open();
        Assert.False(await after.ExpertAddresses.AnyAsync(a => a.Address == Private));
        Assert.Equal("denied", await after.InboundMails.Where(m => m.Id == held.Id).Select(m => m.Reason).SingleAsync());
    }

    [Theory]
    [InlineData("thread", MatchCertainty.Certain, "onlyOpen,sender,thread")]
    [InlineData("number", MatchCertainty.Probable, "number,onlyOpen,sender")]
    [InlineData("sender", MatchCertainty.Probable, "onlyOpen,sender")]
    [InlineData("stranger-thread", MatchCertainty.Probable, "thread")]
    [InlineData("stranger-name", MatchCertainty.Possible, "name,number")]
    public async Task A_mail_without_its_token_is_proposed_with_its_certainty_and_never_counts_by_itself(string left, MatchCertainty certainty, string evidence)
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);

        var held = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion, m =>
        {
            m.To.Clear();
            m.To.Add(MailboxAddress.Parse("opinions@panel.test"));
            if (!left.Contains("thread", StringComparison.Ordinal)) m.InReplyTo = null;
            m.Subject = left is "number" or "stranger-name" ? $"答复 {matter.Number}" : "答复";
            m.From.Clear();
            m.From.Add(left switch
            {
                "stranger-name" => new MailboxAddress(invitation.ExpertName, Private),
                "stranger-thread" => new MailboxAddress("", Private),
                _ => new MailboxAddress("", AddressOf(mail, invitation)),
            });
        }));
        var shown = await mail.Pen.ShowAsync(mail.Panel.TenantId, held.Id, null, default);

        Assert.Equal(("held", "no-token"), (held.State, held.Reason));
        var first = shown?.Proposals[0] ?? throw new InvalidOperationException("Nothing was proposed.");
        Assert.Equal((invitation.Id, certainty, evidence), (first.InvitationId, first.Certainty, string.Join(',', first.Evidence)));
        Assert.Empty((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
        Assert.Equal("no-token", (await mail.Pen.RejudgeAsync(mail.Panel.TenantId, held.Id, People.Secretariat, default)).Mails.Single().Reason);
        Assert.Null(await mail.Pen.AcceptAsync(mail.Panel.TenantId, held.Id, new(invitation.Id, OpinionStand.Lawful, Note: "按建议匹配计入"), People.Secretariat, default));
        Assert.Single((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
    }

    [Fact]
    public async Task A_number_alone_points_to_the_whole_panel_and_nothing_to_nobody()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        Task<byte[]> Stray(string subject) => mail.ReplyAsync(invitation, "意见：合法", m =>
        {
            (m.Subject, m.InReplyTo) = (subject, null);
            m.To.Clear();
            m.To.Add(MailboxAddress.Parse("opinions@panel.test"));
            m.From.Clear();
            m.From.Add(MailboxAddress.Parse(Private));
        });
        var numbered = await mail.ReceiveAsync(await Stray($"关于{matter.Number}的意见"));
        var lost = await mail.ReceiveAsync(await Stray("你好"));

        var proposed = (await mail.Pen.ShowAsync(mail.Panel.TenantId, numbered.Id, null, default))?.Proposals ?? [];

        Assert.Equal(3, proposed.Count);
        Assert.All(proposed, p => Assert.Equal(MatchCertainty.Possible, p.Certainty));
        Assert.Empty((await mail.Pen.ShowAsync(mail.Panel.TenantId, lost.Id, null, default))?.Proposals ?? [null!]);
    }

    [Fact]
    public async Task A_mail_is_kept_with_another_matter_without_counting()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var other = await mail.AskedAsync();
        var held = await mail.ReceiveAsync(await FromPrivateBoxAsync(mail, invitation, "补充材料，请查收。"));
        var tenant = mail.Panel.TenantId;

        Assert.Equal("mail.matter-unknown", (await mail.Pen.FileAsync(tenant, held.Id, new("620000-2014-9999", null, "来往函件"), People.Secretariat, default))?.Code);
        Assert.Equal("mail.file-note-missing", (await mail.Pen.FileAsync(tenant, held.Id, new(other.Number, null, " "), People.Secretariat, default))?.Code);
        Assert.Equal("invitation.not-found", (await mail.Pen.FileAsync(tenant, held.Id, new(other.Number, invitation.Id, "来往函件"), People.Secretariat, default))?.Code);
        Assert.Null(await mail.Pen.FileAsync(tenant, held.Id, new($" {other.Number} ", other.Panel!.Invitations[0].Id, "来往函件"), People.Secretariat, default));
        Assert.Equal("mail.not-held", (await mail.Pen.FileAsync(tenant, held.Id, new(other.Number, null, "来往函件"), People.Secretariat, default))?.Code);

        await using var db = mail.Panel.Open();
        var row = await db.InboundMails.SingleAsync(m => m.Id == held.Id);
        Assert.Equal(("filed", other.Id, other.Panel!.Invitations[0].Id, "来往函件"), (row.State, row.MatterId, row.InvitationId, row.DecisionNote));
        Assert.Empty((await mail.MatterAsync(other.Id)).Panel!.Invitations.SelectMany(i => i.Opinions));
        Assert.Equal(1, await db.History.CountAsync(h => h.Command == "fileHeldMail"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_sender_is_answered_once_a_day_however_many_hands_answer(DatabaseKind on)
    {
        var database = on == DatabaseKind.Postgres ? await postgres.CreateDatabaseAsync() : null;
        await using (var mail = await MailPanel.CreateAsync(connectionString: database?.ConnectionString))
        {
            var (matter, invitation) = await AskedAsync(mail);
            await mail.DecideAsync("mail.notice.registeredAddress", "请用登记邮箱回复（本委员会模板）。");
            var ids = new List<Guid>();
            for (var i = 0; i < 4; i++) ids.Add((await mail.ReceiveAsync(await FromPrivateBoxAsync(mail, invitation, $"意见：合法\n理由：{i}"))).Id);
            var tenant = mail.Panel.TenantId;

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => mail.Pen.NotifyAsync(tenant, ids[i % 4], "registeredAddress", People.Secretariat, default))));
            Assert.Single(answers, a => a is null);
            Assert.All(answers.OfType<ExpertPanel.Workflows.Refusal>(), a => Assert.Equal("notice.already-today", a.Code));
            Assert.False((await mail.Pen.ShowAsync(tenant, ids[0], null, default))?.CanNotify);
            mail.Panel.Clock.Advance(TimeSpan.FromDays(1));
            Assert.Equal("notice.unknown", (await mail.Pen.NotifyAsync(tenant, ids[0], "nonsense", People.Secretariat, default))?.Code);
            Assert.Null(await mail.Pen.NotifyAsync(tenant, ids[0], "roundClosed", People.Secretariat, default));

            await mail.SendAsync();
            var letters = (await mail.SentAsync()).Where(l => l.To.Mailboxes.Single().Address == Private).OrderBy(l => l.Date).ToList();
            Assert.Equal(2, letters.Count);
            Assert.Contains("本委员会模板", letters[0].TextBody, StringComparison.Ordinal);
            Assert.Equal(("auto-replied", true, 0), (letters[0].Headers["Auto-Submitted"], letters[0].InReplyTo?.EndsWith("@example.test", StringComparison.Ordinal), letters[0].ReplyTo.Count));
            Assert.DoesNotContain(matter.Number, letters[0].ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(mail.Panel.Tokens.TokenOf(tenant, invitation.Id), letters[0].ToString(), StringComparison.Ordinal);
            await using var db = mail.Panel.Open();
            Assert.Equal(2, await db.MailNotices.CountAsync());
            Assert.True((await AuditCheck.RunAsync(db, default)).Intact);
        }

        if (database is not null) await database.DropAsync();
    }

    [Fact]
    public async Task The_pen_counts_by_reason_and_tells_the_oldest()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (_, invitation) = await AskedAsync(mail);
        await mail.ReceiveAsync(await FromPrivateBoxAsync(mail, invitation, "意见：合法"));
        mail.Panel.Clock.Advance(TimeSpan.FromHours(30));
        await mail.ReceiveAsync(await FromPrivateBoxAsync(mail, invitation, "意见：不合法"));
        await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "请问何意？"));

        var all = await mail.Pen.ListAsync(mail.Panel.TenantId, 0, 10, default);
        var some = await mail.Pen.ListAsync(mail.Panel.TenantId, 0, 10, default, "stand-unclear");

        Assert.Equal([new("sender-mismatch", 2), new("stand-unclear", 1)], all.Reasons);
        Assert.Equal((3, 1, 3, TestPanel.Start), (all.Total, some.Total, some.Reasons.Sum(r => r.Count), some.Oldest));
    }

    private static async Task<(Matter Matter, Invitation Invitation)> AskedAsync(MailPanel mail)
    {
        var matter = await mail.AskedAsync();
        return (matter, matter.Panel!.Invitations[0]);
    }

    private static string AddressOf(MailPanel mail, Invitation invitation)
    {
        using var db = mail.Panel.Open();
        return db.ExpertAddresses.Where(a => a.ExpertId == invitation.ExpertId && a.Primary).Select(a => a.Address).Single();
    }

    private static Task<byte[]> FromPrivateBoxAsync(MailPanel mail, Invitation invitation, string text) =>
        mail.ReplyAsync(invitation, text, m => ((MailboxAddress)m.From[0]).Address = Private);
}
