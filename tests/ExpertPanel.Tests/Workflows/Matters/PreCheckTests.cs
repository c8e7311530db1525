using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Matters;

public sealed class PreCheckTests
{
    private static readonly RequestSupplement Ask = new(["征求意见情况", "公平竞争审查结论"]);

    [Fact]
    public void Whoever_takes_the_matter_up_is_recorded()
    {
        var walk = WalkStages.At("preCheck");
        Assert.Equal(People.Handler.Person, walk.Matter.PreCheck?.By);
        walk.MustIgnore(new StartPreCheck(), People.Handler);
        walk.MustRefuse("stage.not-here", new StartPreCheck(), People.OtherHandler);
    }

    [Fact]
    public void The_four_points_are_kept_and_the_same_answer_again_changes_nothing()
    {
        var walk = WalkStages.At("preCheck");
        var points = new RecordPreCheck(true, false, true, false, "未按规定渠道报送");
        walk.Must(points, People.Handler);

        Assert.Equal(new PreCheck(People.Handler.Person, true, false, true, false, "未按规定渠道报送", walk.Now), walk.Matter.PreCheck);
        walk.MustIgnore(points, People.Handler);
        Assert.True(walk.Must(points with { RoutedProperly = true }, People.Handler).PreCheck?.RoutedProperly);
    }

    [Fact]
    public void Acceptance_starts_the_clock_without_its_own_day()
    {
        var walk = WalkStages.At("assigning");
        Assert.Equal(new DateOnly(2014, 10, 15), walk.Matter.ReviewDeadline?.Due); // ten working days from 26 September, over the national holiday
        Assert.Contains(walk.Timers, t => t.Command is WarnDeadline { OfReview: true, Kind: DeadlineWarningKind.HalfUsed });
        walk.MustIgnore(new AcceptMatter(), People.Head);
    }

    [Theory]
    [InlineData(MatterType.MajorDecision, "10-15")]
    [InlineData(MatterType.NormativeDocument, "10-22")]
    [InlineData(MatterType.ComplexLegalCase, "10-29")]
    [InlineData(MatterType.Other, "10-22")]
    public void Each_type_has_its_own_limit(MatterType type, string due) =>
        Assert.Equal($"2014-{due}", WalkStages.At("assigning", Stage.Registration(type: type)).Matter.ReviewDeadline?.Due.Iso());

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void A_major_decision_with_fewer_than_seven_working_days_to_its_meeting_is_not_accepted(int days)
    {
        var meeting = Walk.National.AddWorkingDays(new(2014, 9, 26), days);
        WalkStages.At("preCheck", Stage.Registration() with { PlannedMeetingOn = meeting }).MustRefuse("matter.review-time-too-short", new AcceptMatter(), People.Head);
    }

    [Fact]
    public void Seven_working_days_are_enough() =>
        Assert.Equal("assigning", WalkStages.At("assigning", Stage.Registration() with { PlannedMeetingOn = new(2014, 10, 11) }).Matter.Stage); // a Saturday made up

    [Fact]
    public void Another_type_may_be_reviewed_in_less() =>
        Assert.Equal("assigning", WalkStages.At("assigning", Stage.Registration(type: MatterType.LegalInstrument) with { PlannedMeetingOn = new(2014, 9, 30) }).Matter.Stage);

    [Fact]
    public void What_the_sponsor_calls_urgent_shortens_nothing_until_somebody_approves()
    {
        var walk = WalkStages.At("preCheck", Stage.Registration() with { Urgency = UrgencyLevel.Urgent, PlannedMeetingOn = new(2014, 10, 8) });
        walk.MustRefuse("matter.review-time-too-short", new AcceptMatter(), People.Head);
        walk.Must(new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急"), People.Head);

        Assert.Equal(People.Head.Person, walk.Matter.ExpeditedBy);
        Assert.Equal("assigning", walk.Must(new AcceptMatter(), People.Head).Stage);
    }

    [Fact]
    public void A_supplement_names_everything_once_and_waits_for_the_sponsor()
    {
        var walk = WalkStages.At("preCheck");
        walk.Must(Ask, People.Handler);

        Assert.Equal("awaitingSupplement", walk.Matter.Stage);
        var letter = Assert.Single(walk.Letters, l => l.Kind == LetterKinds.SupplementNotice);
        Assert.Equal("征求意见情况\n公平竞争审查结论", letter.Facts["items"]);
        Assert.Equal("2014-10-15", letter.Facts["due"]);
        walk.MustIgnore(Ask, People.Handler);
        walk.MustRefuse("stage.not-here", new AcceptMatter(), People.Head);
    }

    [Fact]
    public void A_second_supplement_needs_something_new()
    {
        var walk = WalkStages.At("preCheck");
        walk.Must(Ask, People.Handler);
        walk.Must(new ProvideSupplement("已补齐"), People.Clerk);
        walk.MustIgnore(new ProvideSupplement("已补齐"), People.Clerk);

        walk.MustRefuse("supplement.already-asked", new RequestSupplement(["征求意见情况"]), People.Handler, nameof(RequestSupplement.Items));
        walk.Must(new RequestSupplement(["征求意见情况", "风险评估报告"]), People.Handler);
        Assert.Equal(2, walk.Matter.Supplements.Count);
    }

    [Fact]
    public void An_unanswered_supplement_counts_as_withdrawn_after_its_last_day()
    {
        var walk = WalkStages.At("preCheck");
        walk.Must(Ask, People.Handler);
        walk.PassTo(Walk.Beijing(2014, 10, 15, 23, 59));
        Assert.Equal("awaitingSupplement", walk.Matter.Stage);
        walk.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal("withdrawn", walk.Matter.Stage);
        Assert.Equal((EndingKind.Withdrawn, EndingReason.MaterialsNotSupplied, true), (walk.Matter.Ending?.Kind, walk.Matter.Ending?.Reason, walk.Matter.Ending?.Deemed));
    }

    [Fact]
    public void A_supplement_in_time_is_not_withdrawn_and_the_old_question_finds_nothing()
    {
        var walk = WalkStages.At("preCheck");
        walk.Must(Ask, People.Handler);
        walk.Must(new ProvideSupplement("已补齐"), People.Clerk);
        walk.Pass(TimeSpan.FromDays(30));
        Assert.Equal("preCheck", walk.Matter.Stage);
        Assert.Equal("已补齐", Assert.Single(walk.Matter.Supplements).Note);
    }

    [Fact]
    public void The_question_of_an_earlier_supplement_does_not_end_a_later_one()
    {
        var walk = WalkStages.At("preCheck");
        walk.Must(Ask, People.Handler);
        walk.Must(new ProvideSupplement("已补齐"), People.Clerk);
        walk.Now = walk.Now.AddDays(7);
        walk.Must(new RequestSupplement(["风险评估报告"]), People.Handler);
        walk.PassTo(Walk.Beijing(2014, 10, 16, 8)); // the first supplement's day is over, the second's is not
        Assert.Equal("awaitingSupplement", walk.Matter.Stage);
    }
}
