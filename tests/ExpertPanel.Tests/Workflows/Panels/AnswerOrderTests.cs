using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Panels;

public sealed class AnswerOrderTests
{
    /// <summary>One of three declines; the other two accept before, after, or one each: the seats go to the same experts.</summary>
    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(1, 0, 2)]
    [InlineData(2, 1, 0)]
    public void Who_answers_first_changes_nothing_about_who_sits(params int[] order)
    {
        Assert.Equal(Seats(AnsweredIn(2, 0, 1)), Seats(AnsweredIn(order)));

        static Walk AnsweredIn(params int[] order)
        {
            var walk = WalkStages.At("expertConsulting");
            foreach (var seat in order)
            {
                var invitation = walk.Invitations[seat];
                walk.Must(seat == 0 ? new DeclineInvitation(invitation.Id, "出差") : new AcceptInvitation(invitation.Id, true), People.Expert(invitation));
            }

            return walk;
        }

        static IEnumerable<(string, string)> Seats(Walk walk) => walk.Invitations.Where(i => i.IsOpen).Select(i => (i.Seat, i.BankNumber)).Order();
    }
}
