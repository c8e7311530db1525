using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class InvitationLoadTests
{
    private static DateTimeOffset On(int month, int day = 1) => new(2014, month, day, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Who_was_there_all_the_time_counts_as_often_as_invited() =>
        Assert.Equal((0, 2), (InvitationLoad.Counted([], []), InvitationLoad.Counted([On(2), On(5)], [])));

    [Theory]
    [InlineData(0, 40, 0)]
    [InlineData(1, 40, 1)]
    [InlineData(40, 40, 1)]
    [InlineData(41, 40, 2)]
    [InlineData(0, 0, 0)]
    public void Who_arrives_starts_at_the_mean_of_the_others_rounded_up(int asked, int others, int level) =>
        Assert.Equal(level, InvitationLoad.Counted([], [new(On(6), asked, others)]));

    [Fact]
    public void What_comes_after_the_arrival_is_added_and_what_came_before_is_never_taken_away()
    {
        Assert.Equal(3, InvitationLoad.Counted([On(7)], [new(On(6), 80, 40)]));
        Assert.Equal(2, InvitationLoad.Counted([On(2)], [new(On(6), 80, 40)]));
        Assert.Equal(4, InvitationLoad.Counted([On(2), On(3), On(4), On(7)], [new(On(6), 80, 40)]));
        Assert.Equal(3, InvitationLoad.Counted([On(6)], [new(On(6), 80, 40)])); // the moment itself belongs to what comes after
    }

    [Fact]
    public void Arriving_again_raises_no_more_than_to_the_mean_of_that_moment()
    {
        Assert.Equal(2, InvitationLoad.Counted([], [new(On(8), 80, 40), new(On(3), 40, 40)]));
        Assert.Equal(2, InvitationLoad.Counted([On(5)], [new(On(3), 40, 40), new(On(8), 80, 40)]));
    }
}
