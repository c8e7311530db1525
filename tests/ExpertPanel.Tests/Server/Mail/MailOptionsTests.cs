using ExpertPanel.Server.Mail;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

public sealed class MailOptionsTests
{
    [Fact]
    public void The_defaults_need_nothing() => Assert.Empty(new MailOptions().Problems());

    [Fact]
    public void Each_wrong_setting_is_named_with_what_is_expected()
    {
        var options = new MailOptions
        {
            Mailbox = "Office <a@b.test>",
            BaseUrl = "panel.test",
            Folder = "",
            DefaultCommittee = "",
            MaxBytes = 1,
            DkimKeys = "no-such-file",
            Transport = MailTransportKind.Smtp,
            Smtp = new() { Host = "" },
            Source = MailSourceKind.Imap,
            Imap = new() { UserName = "" },
        };

        var named = options.Problems().Select(p => p.Split(": ")[0]);

        Assert.Equal(["Mail:Mailbox", "Mail:BaseUrl", "Mail:Folder", "Mail:DefaultCommittee", "Mail:MaxBytes", "Mail:DkimKeys", "Mail:Smtp", "Mail:Imap"], named);
    }
}
