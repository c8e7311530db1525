using ExpertPanel.Server.Mail.Inbox;
using Xunit;

namespace ExpertPanel.Tests.Mail.Inbox;

public sealed class FirstMailTests
{
    /// <summary>Only a mail that goes the whole way of a reply makes the next one quick.</summary>
    [Fact]
    public async Task The_made_up_first_mail_is_read_as_a_reply()
    {
        var reader = new MailReader(new FileDkimKeys([]), TimeProvider.System);
        var mail = await reader.ReadAsync(FirstMail.Sample, ReadMailOptions.Default with { Budget = Timeout.InfiniteTimeSpan }, TestContext.Current.CancellationToken);
        Assert.Equal((MailKind.Reply, "回复"), (mail.Kind, mail.Subject));
        Assert.StartsWith("意见：合法", mail.Text, StringComparison.Ordinal);
    }
}
