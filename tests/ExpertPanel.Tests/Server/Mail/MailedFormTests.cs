using ExpertPanel.Tests.Server.Documents;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>The 专家意见表 that comes back by mail.</summary>
public sealed class MailedFormTests
{
    private const string Grounds = "𠮷、䶮、㛃三人签订的协议，第三条无上位法依据。";

    [Theory]
    [InlineData("您好，意见见附件，请查收。\n\n祝好")]
    [InlineData("")]
    [InlineData("意见：修改后合法\n理由：见附件意见表")]
    public async Task The_form_speaks_where_the_mail_says_nothing_itself(string text)
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);

        var received = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, text, Attach(text, await FormAsync(mail, matter, invitation))));

        Assert.Equal(("counted", "opinion"), (received.State, received.Reason));
        var opinion = Assert.Single((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
        Assert.Equal((OpinionStand.LawfulWithChanges, Grounds, "删去第三条。", OpinionChannel.Mail), (opinion.Stand, opinion.Text, opinion.Suggestions, opinion.Channel));
        Assert.Single(opinion.Files);
    }

    [Theory]
    [InlineData("意见：不合法\n理由：见附件", "form-conflict")]
    [InlineData("意见：修改后合法\n理由：程序上没有征求相关单位的意见，应当补正。", "form-conflict")]
    [InlineData("请问第三条究竟指什么范围，是否包括县一级？", "form-conflict")]
    [InlineData("谢绝。近期出差。", "form-conflict")]
    [InlineData("意见：合法 / 修改后合法 / 不合法 / 弃权（请只保留一项）", "stand-unclear")]
    public async Task Where_both_speak_and_differ_a_person_reads_them(string text, string reason)
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);

        var received = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, text, Attach(text, await FormAsync(mail, matter, invitation))));

        Assert.Equal(("held", reason), (received.State, received.Reason));
        Assert.Empty((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
    }

    [Fact]
    public async Task A_form_of_another_matter_or_name_or_without_a_choice_or_with_a_recusal_is_held()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        const string text = "意见表见附件。";

        Assert.Equal("form-other-matter", await ReasonAsync(new FilledForm(FilledForm.Letter("620000-2014-9999")).Tick("opinion.conclusion", 1)));
        Assert.Equal("form-other-name", await ReasonAsync(Form().Tick("opinion.conclusion", 1).Type("opinion.signature", "别人")));
        Assert.Equal("form-stand-unclear", await ReasonAsync(Form().Type("opinion.grounds", "没有划选。")));
        Assert.Equal("form-conflict", await ReasonAsync(Form().Tick("opinion.conclusion", 1).Tick("opinion.conclusion", 2)));
        Assert.Equal("recusal", await ReasonAsync(Form().Tick("opinion.conclusion", 1).Tick("opinion.declaration", 2)));
        Assert.Empty((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);

        FilledForm Form() => new(FilledForm.Letter(matter.Number));

        async Task<string?> ReasonAsync(FilledForm form)
        {
            using (form) return (await mail.ReceiveAsync(await mail.ReplyAsync(invitation, text, Attach(text, form.Save())))).Reason;
        }
    }

    [Fact]
    public async Task Who_takes_a_held_one_loses_neither_what_the_mail_nor_what_the_form_says()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        const string text = "意见：不合法\n理由：程序上没有征求相关单位的意见。";
        var held = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, text, Attach(text, await FormAsync(mail, matter, invitation))));

        var shown = await mail.Pen.ShowAsync(mail.Panel.TenantId, held.Id, null, default);
        Assert.Contains(Grounds, Assert.Single(shown!.Forms), StringComparison.Ordinal);
        Assert.Null(await mail.Pen.AcceptAsync(mail.Panel.TenantId, held.Id, new(invitation.Id, OpinionStand.Unlawful, Note: "已电话核实"), People.Secretariat, default));

        var opinion = Assert.Single((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
        Assert.Contains("程序上没有征求相关单位的意见。", opinion.Text, StringComparison.Ordinal);
        Assert.Contains(Grounds, opinion.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task About_a_confidential_matter_no_form_travels_and_one_that_arrives_is_held()
    {
        await using var mail = await MailPanel.CreateAsync();
        var matter = await mail.AskedAsync(Stage.Registration() with { Secrecy = SecrecyLevel.WorkSecret, MailAllowed = false });
        var invitation = matter.Panel!.Invitations[0];

        Assert.Empty((await mail.LetterToAsync(invitation)).Attachments.OfType<MimePart>().Where(a => a.FileName!.EndsWith(".docx", StringComparison.Ordinal)));
        var received = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, "见附件。", Attach("见附件。", await FormAsync(mail, matter, invitation))));

        Assert.Equal(("held", "mail-not-allowed"), (received.State, received.Reason));
        Assert.Empty((await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions);
    }

    /// <summary>The very form that the letter brought, where it brought one.</summary>
    private static async Task<byte[]> FormAsync(MailPanel mail, Matter matter, Invitation invitation)
    {
        var letter = await mail.LetterToAsync(invitation);
        var attached = letter.Attachments.OfType<MimePart>().FirstOrDefault(a => a.FileName!.EndsWith(".docx", StringComparison.Ordinal));
        using var bytes = new MemoryStream();
        if (attached is not null) await attached.Content!.DecodeToAsync(bytes);
        using var form = new FilledForm(attached is null ? FilledForm.Letter(matter.Number) : bytes.ToArray());
        return form.Tick("opinion.conclusion", 2).Type("opinion.grounds", Grounds).Type("opinion.suggestions", "删去第三条。").Type("opinion.signature", invitation.ExpertName).Save();
    }

    private static Action<MimeMessage> Attach(string text, byte[] form) =>
        message => message.Body = new BodyBuilder { TextBody = text, Attachments = { { "专家意见表.docx", form } } }.ToMessageBody();

    private static async Task<(Matter Matter, Invitation Invitation)> AskedAsync(MailPanel mail)
    {
        var matter = await mail.AskedAsync();
        return (matter, matter.Panel!.Invitations[0]);
    }
}
