using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>What was cut off a mailed opinion can be seen, and put back.</summary>
public sealed class OpinionMailTests
{
    private const string Own = "意见：合法\n理由：有依据。";
    private const string Quote = "\n\n-----原始邮件-----\n发件人: 省政府法制办 <opinions@panel.test>\n发送时间: 2014-09-26 10:00\n收件人: 专家\n主题: 专家咨询函\n\n1. 是否有权？（专家写在引文里的话）";

    [Fact]
    public async Task The_mail_is_shown_whole_in_its_order_with_what_was_cut()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await CountedAsync(mail);

        var shown = await mail.Panel.Get<IOpinionMails>().ShowAsync(mail.Panel.TenantId, invitation.Opinions[^1], default);

        Assert.Equal([(true, Own), (false, Quote.Trim())], shown!.Parts.Where(p => p.Text.Trim().Length > 0).Select(p => (p.Kept, p.Text.Trim())));
        Assert.Equal(Own + Quote, shown.Whole);
        Assert.Null(await mail.Panel.Get<IOpinionMails>().ShowAsync(Guid.CreateVersion7(), invitation.Opinions[^1], default));
        Assert.Null(await mail.Panel.Get<IOpinionMails>().ShowAsync(mail.Panel.TenantId, invitation.Opinions[^1] with { Channel = OpinionChannel.Web }, default));
        Assert.NotEqual(Guid.Empty, matter.Id);
    }

    [Fact]
    public async Task The_secretariat_restores_the_whole_text_as_a_new_version_with_a_reason_on_record()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await CountedAsync(mail);
        var mails = mail.Panel.Get<IOpinionMails>();

        Assert.Equal("mail.restore-reason-missing", (await mails.RestoreAsync(mail.Panel.TenantId, matter.Id, invitation, " ", People.Secretariat, default))?.Code);
        Assert.Equal("role.missing", (await mails.RestoreAsync(mail.Panel.TenantId, matter.Id, invitation, "引文里有意见", People.Handler, default))?.Code);
        Assert.Null(await mails.RestoreAsync(mail.Panel.TenantId, matter.Id, invitation, "引文里有意见", People.Secretariat, default));
        Assert.Null(await mails.RestoreAsync(mail.Panel.TenantId, matter.Id, invitation, "又点了一次", People.Secretariat, default));

        var opinions = (await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions;
        Assert.Equal(["有依据。", Own + Quote], opinions.Select(o => o.Text));
        Assert.Equal([null, "引文里有意见"], opinions.Select(o => o.RestoredBecause));
        Assert.Equal((opinions[0].Stand, opinions[0].Evidence, OpinionChannel.Mail), (opinions[1].Stand, opinions[1].Evidence, opinions[1].Channel));
        await using var db = mail.Panel.Open();
        var row = await db.History.Where(h => h.StreamId == matter.Id && h.Command == "submitOpinion").OrderBy(h => h.Sequence).LastAsync();
        Assert.Contains("引文里有意见", System.Text.RegularExpressions.Regex.Unescape(row.Facts), StringComparison.Ordinal);
        Assert.True((await AuditCheck.RunAsync(db, default)).Intact);
    }

    private static async Task<(ExpertPanel.Workflows.Matters.Matter Matter, Invitation Invitation)> CountedAsync(MailPanel mail)
    {
        var matter = await mail.AskedAsync();
        var invitation = matter.Panel!.Invitations[0];
        Assert.Equal("counted", (await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Own + Quote))).State);
        return (matter, await mail.InvitationAsync(matter.Id, invitation.Id));
    }
}
