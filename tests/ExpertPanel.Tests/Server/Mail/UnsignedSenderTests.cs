using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>A reply in the expert's name that no signature vouches for: the registered address is asked, and its yes counts.</summary>
public sealed class UnsignedSenderTests
{
    private const string Opinion = "意见：修改后合法\n理由：第三条无上位法依据，珊瑚鹦鹉。";

    [Fact]
    public async Task The_registered_address_is_asked_once_and_its_yes_makes_the_mail_count()
    {
        await using var mail = await AskingAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var raw = await mail.ReplyAsync(invitation, Opinion);

        var held = await mail.ReceiveAsync(raw);
        await mail.ReceiveAsync(raw);
        var letter = await QuestionAsync(mail);

        Assert.Equal(("held", "unconfirmed"), (held.State, held.Reason));
        Assert.Equal(await mail.AddressOfAsync(invitation), letter.To.Mailboxes.Single().Address);
        Assert.DoesNotContain("珊瑚鹦鹉", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains(matter.Number, letter.TextBody, StringComparison.Ordinal);
        var token = MailPanel.QuestionIn(letter);
        Assert.Empty((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);

        mail.Panel.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(MailAnswer.Counted, await AnswerAsync(mail, token, yes: true));
        Assert.Equal(MailAnswer.Counted, await AnswerAsync(mail, token, yes: true));
        Assert.Equal(MailAnswer.AnsweredBefore, await AnswerAsync(mail, token, yes: false));

        var opinion = Assert.Single((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
        Assert.Equal((OpinionStand.LawfulWithChanges, held.Sha(raw), mail.Panel.Clock.GetUtcNow()), (opinion.Stand, opinion.Evidence, opinion.ConfirmedAt));
        await using var db = mail.Panel.Open();
        Assert.Equal("counted", (await db.InboundMails.SingleAsync()).State);
        Assert.Equal(1, await db.History.CountAsync(h => h.Command == "answerMailQuestion" && h.ActorId == invitation.ExpertId.ToString()));
        Assert.DoesNotContain(token, string.Join('\n', await db.Letters.Select(l => l.Facts).ToListAsync()) + (await db.MailConfirmations.SingleAsync()).TokenHash, StringComparison.Ordinal);
        Assert.True((await AuditCheck.RunAsync(db, default)).Intact);
    }

    [Fact]
    public async Task A_no_leaves_it_held_with_an_alarm_and_judging_again_does_not_help()
    {
        await using var mail = await AskingAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var held = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion));
        var token = MailPanel.QuestionIn(await QuestionAsync(mail));

        Assert.Equal(MailAnswer.Denied, await AnswerAsync(mail, token, yes: false));
        Assert.Equal(MailAnswer.AnsweredBefore, await AnswerAsync(mail, token, yes: true));
        var again = await mail.Pen.RejudgeAsync(mail.Panel.TenantId, held.Id, People.Secretariat, default);
        var all = await mail.Pen.RejudgeAsync(mail.Panel.TenantId, null, People.Secretariat, default);

        Assert.Equal(("mail.not-rejudged", 0), (again.Refusal?.Code, all.Mails.Count));
        Assert.Empty((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
        Assert.Equal("denied", (await mail.Pen.ListAsync(mail.Panel.TenantId, 0, 10, default)).Mails.Single().Reason);
    }

    [Fact]
    public async Task Two_answers_at_once_are_one_answer()
    {
        await using var mail = await AskingAsync();
        var (matter, invitation) = await AskedAsync(mail);
        await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion));
        var token = MailPanel.QuestionIn(await QuestionAsync(mail));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => AnswerAsync(mail, token, yes: i % 2 == 0))));

        await using var db = mail.Panel.Open();
        var yes = (await db.MailConfirmations.SingleAsync()).Answer == "yes";
        Assert.Equal(3, answers.Count(a => a == MailAnswer.AnsweredBefore));
        Assert.Equal(yes ? 1 : 0, (await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions.Count);
        Assert.Equal(1, await db.History.CountAsync(h => h.Command == "answerMailQuestion"));
    }

    [Fact]
    public async Task After_the_day_the_opinion_was_due_the_link_is_dead()
    {
        await using var mail = await AskingAsync();
        var (matter, invitation) = await AskedAsync(mail);
        await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion));
        var token = MailPanel.QuestionIn(await QuestionAsync(mail));
        await mail.Panel.PassAsync(TimeSpan.FromDays(20));

        Assert.Equal(MailAnswer.Expired, await AnswerAsync(mail, token, yes: true));
        Assert.True((await mail.Panel.Get<IMailQuestions>().FindAsync(token, default))?.Expired);
        Assert.Empty((await mail.MatterAsync(matter.Id)).AllInvitations.Single(i => i.Id == invitation.Id).Opinions);
    }

    [Fact]
    public async Task A_yes_after_the_round_was_closed_is_on_record_and_the_mail_is_late()
    {
        await using var mail = await AskingAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var held = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion));
        var token = MailPanel.QuestionIn(await QuestionAsync(mail));
        await mail.Panel.MustAsync(matter.Id, new DeclineInvitation(invitation.Id, "另有安排"), People.Expert(invitation));

        Assert.Equal(MailAnswer.Recorded, await AnswerAsync(mail, token, yes: true));

        await using var db = mail.Panel.Open();
        Assert.Equal(("held", "closed"), await db.InboundMails.Where(m => m.Id == held.Id).Select(m => ValueTuple.Create(m.State, m.Reason)).SingleAsync());
    }

    [Fact]
    public async Task A_decline_is_asked_about_like_an_opinion()
    {
        await using var mail = await AskingAsync();
        var (matter, invitation) = await AskedAsync(mail);

        Assert.Equal("unconfirmed", (await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "谢绝。近期在外出差，不便参加。"))).Reason);
        Assert.Equal(InvitationState.Invited, (await mail.InvitationAsync(matter.Id, invitation.Id)).State);
        Assert.Equal(MailAnswer.Counted, await AnswerAsync(mail, MailPanel.QuestionIn(await QuestionAsync(mail)), yes: true));
        Assert.Equal(InvitationState.Declined, (await mail.InvitationAsync(matter.Id, invitation.Id)).State);
    }

    [Fact]
    public async Task What_could_not_count_anyway_is_not_asked_about()
    {
        await using var mail = await AskingAsync();
        var (_, invitation) = await AskedAsync(mail);
        var secret = await mail.AskedAsync(Stage.Registration() with { Secrecy = SecrecyLevel.WorkSecret, MailAllowed = false });

        Assert.Equal("stand-unclear", (await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "请问第三条何意？"))).Reason);
        Assert.Equal("state-secret", (await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion + "\n机密★10年"))).Reason);
        Assert.Equal("mail-not-allowed", (await mail.ReceiveAsync(await ReplyToAsync(mail, secret.Panel!.Invitations[0]))).Reason);

        await using var db = mail.Panel.Open();
        Assert.Equal(0, await db.Letters.CountAsync(l => l.Kind == "mail-confirmation"));
    }

    [Theory]
    [InlineData("hold", "dkim-none")]
    [InlineData("confirm", "unconfirmed")]
    public async Task The_committees_rule_decides_and_takes_effect_at_once(string policy, string reason)
    {
        await using var mail = await MailPanel.CreateAsync();
        var (_, invitation) = await AskedAsync(mail);
        await mail.DecideAsync("mail.unsignedSender", policy);

        Assert.Equal(("held", reason), (await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion))) is var held ? (held.State, held.Reason) : default);
        await using var db = mail.Panel.Open();
        Assert.Equal(policy == "confirm" ? 1 : 0, await db.Letters.CountAsync(l => l.Kind == "mail-confirmation"));
    }

    [Fact]
    public async Task The_shipped_default_asks_wherever_signatures_can_be_checked()
    {
        await using var mail = await MailPanel.CreateAsync(more: s => s.AddSingleton<IDkimKeys>(new FileDkimKeys([])));
        var (_, invitation) = await AskedAsync(mail);

        Assert.Equal("unconfirmed", (await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion))).Reason);
    }

    [Fact]
    public async Task When_the_rule_changes_held_mails_are_judged_again_and_only_once()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        await mail.DecideAsync("mail.unsignedSender", "hold");
        await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion));
        await mail.DecideAsync("mail.unsignedSender", "confirm");

        var first = await mail.Pen.RejudgeAsync(mail.Panel.TenantId, null, People.Secretariat, default);
        var second = await mail.Pen.RejudgeAsync(mail.Panel.TenantId, null, People.Secretariat, default);

        Assert.Equal(("dkim-none", "held", "unconfirmed"), first.Mails.Single() is var m ? (m.Was, m.State, m.Reason) : default);
        Assert.Equal((1, 0), (first.Changed, second.Changed));
        Assert.Equal("role.missing", (await mail.Pen.RejudgeAsync(mail.Panel.TenantId, null, People.Handler, default)).Refusal?.Code);
        await using var db = mail.Panel.Open();
        Assert.Equal((1, 1), (await db.Letters.CountAsync(l => l.Kind == "mail-confirmation"), await db.History.CountAsync(h => h.Command == "rejudgeHeldMail")));
        Assert.Empty((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
    }

    private static async Task<MailPanel> AskingAsync()
    {
        var mail = await MailPanel.CreateAsync();
        await mail.DecideAsync("mail.unsignedSender", "confirm");
        return mail;
    }

    private static async Task<(Matter Matter, Invitation Invitation)> AskedAsync(MailPanel mail)
    {
        var matter = await mail.AskedAsync();
        return (matter, matter.Panel!.Invitations[0]);
    }

    private static async Task<MimeKit.MimeMessage> QuestionAsync(MailPanel mail)
    {
        await mail.SendAsync();
        return Assert.Single(await mail.SentAsync(), l => l.Subject!.StartsWith("来信确认", StringComparison.Ordinal));
    }

    private static Task<byte[]> ReplyToAsync(MailPanel mail, Invitation invitation) => mail.ReplyAsync(invitation, Opinion, m =>
    {
        m.To.Clear();
        m.To.Add(MimeKit.MailboxAddress.Parse($"opinions+r-{mail.Panel.Tokens.TokenOf(mail.Panel.TenantId, invitation.Id)}@panel.test"));
    });

    private static async Task<MailAnswer> AnswerAsync(MailPanel mail, string token, bool yes) =>
        await mail.Panel.Get<IMailQuestions>().AnswerAsync(token, yes, "web test", default) ?? throw new InvalidOperationException("The token opens nothing.");
}

internal static class ReceivedMails
{
    public static string Sha(this ReceivedMail _, byte[] raw) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(raw));
}
