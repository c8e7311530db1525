using ExpertPanel.Server.Mail.Outbox;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

public sealed class RetryPausesTests
{
    [Fact]
    public void The_pauses_grow_and_come_to_72_hours()
    {
        Assert.Equal(TimeSpan.FromHours(72), RetryPauses.All.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause));
        Assert.Equal(TimeSpan.FromMinutes(1), RetryPauses.After(1));
        Assert.Equal(TimeSpan.FromMinutes(30), RetryPauses.After(5));
        Assert.Equal(TimeSpan.FromHours(24), RetryPauses.After(11));
        Assert.Null(RetryPauses.After(RetryPauses.All.Count + 1));
    }
}
