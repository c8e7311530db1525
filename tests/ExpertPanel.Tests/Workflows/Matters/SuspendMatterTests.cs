using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Xunit;
using static ExpertPanel.Tests.Workflows.Matters.Walk;

namespace ExpertPanel.Tests.Workflows.Matters;

public sealed class SuspendMatterTests
{
    private static readonly SuspendMatter Suspend = new(SuspensionCause.AwaitingFacts, "等待环评结论", "环评批复送达");
    private static readonly ResumeMatter Resume = new("环评批复已送达");

    [Fact]
    public void A_suspension_has_a_cause_a_notice_and_an_event_that_ends_it()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(Suspend, People.Head);

        Assert.Equal(new Suspension(walk.Now, SuspensionCause.AwaitingFacts, "等待环评结论", "环评批复送达", People.Head.Person), walk.Matter.Suspension);
        Assert.Equal("环评批复送达", Assert.Single(walk.Letters, l => l.Kind == LetterKinds.SuspensionNotice).Facts["until"]);
        Assert.True(walk.Matter.ReviewDeadline?.IsPaused);
        walk.MustIgnore(Suspend, People.Head);
    }

    [Fact]
    public void Nothing_but_what_the_route_allows_runs_while_suspended()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(Suspend, People.Head);
        walk.MustRefuse("matter.suspended", WalkStages.ThreeSeats, People.Handler);
        walk.Must(new RecordInstruction("主任丁", "抓紧协调", new(2014, 9, 26)), People.Leader);
        Assert.Single(walk.Matter.Instructions);
    }

    [Fact]
    public void A_suspension_across_New_Year_gives_the_days_left_back()
    {
        var walk = new Walk { Now = Beijing(2014, 12, 24) }.To("underReview", Stage.Registration() with { ReceivedAt = Beijing(2014, 12, 24) });
        Assert.Equal("2015-01-08", walk.Matter.ReviewDeadline?.Due.Iso()); // ten working days; 1–3 January off, Sunday the 4th worked
        walk.Now = Beijing(2014, 12, 30);
        walk.Must(Suspend, People.Head);
        walk.Now = Beijing(2015, 1, 12);
        walk.Must(Resume, People.Head);

        // Used: 25, 26, 29, 30 December. Six days left from Monday 12 January.
        Assert.Equal("2015-01-20", walk.Matter.ReviewDeadline?.Due.Iso());
        Assert.Equal(DueDateChangeReason.Resumed, walk.Matter.ReviewDeadline?.History[^1].Why);
        Assert.Equal("2015-01-08", walk.Matter.ReviewDeadline?.History[^1].OldDue.Iso());
        Assert.Equal(new(Beijing(2014, 12, 30), Beijing(2015, 1, 12), "suspension"), Assert.Single(walk.Matter.ReviewDeadline?.Pauses ?? []));
        walk.MustIgnore(Resume, People.Head);
    }

    [Fact]
    public void Timers_find_nothing_to_do_while_suspended_and_ask_again_afterwards()
    {
        var walk = WalkStages.At("expertConsulting");
        walk.Must(Suspend, People.Head);
        var (facts, letters) = (walk.Facts.Count, walk.Letters.Count);
        walk.Pass(TimeSpan.FromDays(30));

        Assert.Equal((facts, letters), (walk.Facts.Count, walk.Letters.Count));
        Assert.All(walk.Invitations, i => Assert.Equal(InvitationState.Invited, i.State));
        Assert.Contains(walk.Timers, t => t.Command is LapseInvitation);
    }

    [Fact]
    public void Open_invitations_keep_the_working_days_they_had_left()
    {
        // Invited Friday 26 September: answer by Monday 29th (Sunday the 28th is worked), opinion by 9 October.
        var walk = WalkStages.At("expertConsulting");
        var invitation = walk.Invitations[0];
        Assert.Equal(("2014-09-29", "2014-10-09"), (invitation.AnswerBy.Iso(), invitation.Due.Iso()));
        walk.Now = Beijing(2014, 9, 28);
        walk.Must(Suspend, People.Head);
        walk.Now = Beijing(2014, 10, 17); // a Friday
        walk.Must(Resume, People.Head);

        // One working day was left to answer, four to write: never a Saturday, whatever the calendar days say.
        Assert.Equal(("2014-10-20", "2014-10-23"), (walk.Now(invitation).AnswerBy.Iso(), walk.Now(invitation).Due.Iso()));
        Assert.Equal("2014-10-23", walk.Panel.Due?.Iso());
        Assert.Contains(walk.Timers, t => t.Command == new LapseInvitation(invitation.Id) && t.At == ChinaTime.EndOfDay(new(2014, 10, 20)));
        Assert.Contains(walk.Timers, t => t.Command is CloseRound && t.At == ChinaTime.EndOfDay(new(2014, 10, 23)));
    }

    [Fact]
    public void A_pause_within_one_day_changes_no_date_and_warns_only_once()
    {
        var walk = WalkStages.At("underReview");
        var due = walk.Matter.ReviewDeadline?.Due;
        walk.Must(Suspend, People.Head);
        walk.Now = walk.Now.AddHours(2);
        walk.Must(Resume, People.Head);
        Assert.Equal(due, walk.Matter.ReviewDeadline?.Due);
        walk.Pass(TimeSpan.FromDays(40));

        var warnings = walk.Facts.OfType<DeadlineWarned>().Where(w => w.Warning.OfReview).Select(w => w.Warning.Kind);
        Assert.Equal([DeadlineWarningKind.HalfUsed, DeadlineWarningKind.OneDayLeft, DeadlineWarningKind.Overdue], warnings);
        Assert.Single(walk.Matter.Slips);
    }

    [Fact]
    public void An_answer_already_given_keeps_its_days()
    {
        var walk = WalkStages.At("expertConsulting");
        var (answered, open) = (walk.Invitations[0], walk.Invitations[1]);
        walk.Answer(answered);
        walk.Must(Suspend, People.Head);
        walk.Now = walk.Now.AddDays(31);
        walk.Must(Resume, People.Head);
        Assert.Equal(answered.Due, walk.Now(answered).Due);
        Assert.True(walk.Now(open).Due > open.Due);
    }
}
