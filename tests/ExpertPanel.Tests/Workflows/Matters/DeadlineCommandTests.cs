using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using Xunit;
using static ExpertPanel.Tests.Workflows.Matters.Walk;

namespace ExpertPanel.Tests.Workflows.Matters;

/// <summary>延期, 加急, 提醒, 重算.</summary>
public sealed class DeadlineCommandTests
{
    private static readonly RequestExtension Ask = new(5, "案情复杂");

    [Fact]
    public void An_extension_is_asked_by_one_approved_by_another_and_told_to_the_sponsor()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(Ask, People.Handler);
        walk.MustIgnore(Ask, People.Handler);
        walk.Must(new DecideExtension(true, "同意"), People.Head);

        Assert.Equal("2014-10-22", walk.Matter.ReviewDeadline?.Due.Iso());
        Assert.Equal((true, People.Head.Person), (walk.Matter.Extension?.Approved, walk.Matter.Extension?.Approver));
        Assert.Equal("2014-10-22", Assert.Single(walk.Letters, l => l.Kind == LetterKinds.ExtensionNotice).Facts["due"]);
        walk.MustIgnore(new DecideExtension(true), People.Head);
        walk.MustRefuse("extension.none", new DecideExtension(false), People.Head);
    }

    [Fact]
    public void There_is_no_second_extension()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(Ask, People.Handler);
        walk.Must(new DecideExtension(true), People.Head);
        walk.MustRefuse("extension.once", Ask, People.Handler);
    }

    [Fact]
    public void A_request_that_was_turned_down_extends_nothing_and_may_be_asked_again()
    {
        var walk = WalkStages.At("underReview");
        var due = walk.Matter.ReviewDeadline?.Due;
        walk.Must(Ask, People.Handler);
        walk.Must(new DecideExtension(false, "理由不足"), People.Head);

        Assert.Equal((due, false), (walk.Matter.ReviewDeadline?.Due, walk.Matter.Extension?.Approved));
        Assert.DoesNotContain(walk.Letters, l => l.Kind == LetterKinds.ExtensionNotice);
        walk.Must(Ask with { Reason = "补充了理由" }, People.Handler);
        Assert.Null(walk.Matter.Extension?.Approved);
    }

    [Fact]
    public void Two_requests_approved_at_the_same_time_extend_once()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(Ask, People.Handler);
        // Extended meanwhile by a way that left the request open.
        walk.Change(m => m with { ReviewDeadline = m.ReviewDeadline?.Extend(3, "主任丁", "另批", walk.Now, walk.Calendar) });
        walk.MustRefuse("extension.once", new DecideExtension(true), People.Head);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void An_extension_has_as_many_days_as_the_rules_allow(int days) =>
        WalkStages.At("underReview").MustRefuse("extension.days", Ask with { Days = days }, People.Handler, nameof(RequestExtension.Days));

    [Fact]
    public void Nobody_approves_an_extension_of_their_own()
    {
        var both = People.Head with { Roles = new HashSet<Role> { Role.CaseHandler, Role.DivisionHead } };
        var walk = WalkStages.At("underReview");
        walk.MustRefuse("extension.none", new DecideExtension(true), both);
        walk.Must(Ask, both);
        walk.MustRefuse("extension.own", new DecideExtension(true), both);
    }

    [Fact]
    public void An_expedited_matter_has_its_approver_its_reason_and_its_shorter_limit_on_record()
    {
        var walk = WalkStages.At("underReview");
        var expedite = new ExpediteMatter(UrgencyLevel.Critical, "防汛应急", 3);
        walk.Must(expedite, People.Leader);

        Assert.Equal((UrgencyLevel.Critical, People.Leader.Person), (walk.Matter.Urgency, walk.Matter.ExpeditedBy));
        Assert.Equal("2014-09-30", walk.Matter.ReviewDeadline?.Due.Iso());
        Assert.Contains("防汛应急", walk.Matter.ReviewDeadline?.Rule.Source, StringComparison.Ordinal);
        Assert.Equal(("2014-10-15", DueDateChangeReason.Expedited), (walk.Matter.ReviewDeadline?.History[^1].OldDue.Iso(), walk.Matter.ReviewDeadline?.History[^1].Why));
        walk.MustIgnore(expedite, People.Leader);
    }

    [Fact]
    public void What_the_clock_stood_still_before_stays_uncounted_when_the_limit_is_shortened()
    {
        var walk = WalkStages.At("underReview"); // accepted on Friday, 26 September 2014
        walk.Must(new SuspendMatter(SuspensionCause.AwaitingFacts, "等待", "送达"), People.Head);
        walk.Now = Beijing(2014, 10, 13);
        walk.Must(new ResumeMatter("已送达"), People.Head);
        walk.Must(new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急", 5), People.Head);

        // Not 9 October, five working days after the acceptance: none of them was used when the clock stopped.
        Assert.Equal("2014-10-20", walk.Matter.ReviewDeadline?.Due.Iso());
        Assert.Single(walk.Matter.ReviewDeadline?.Pauses ?? []);
        Assert.Equal([DueDateChangeReason.Resumed, DueDateChangeReason.Expedited], walk.Matter.ReviewDeadline?.History.Select(h => h.Why) ?? []);
        Assert.Contains(walk.Timers, t => t.Command is WarnDeadline { OfReview: true, Due: { Month: 10, Day: 20 } });
    }

    [Fact]
    public void The_approved_extension_stays_with_a_shortened_limit_and_there_is_no_second_one()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(Ask, People.Handler);
        walk.Must(new DecideExtension(true), People.Head);
        walk.Must(new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急", 4), People.Head);

        var deadline = walk.Matter.ReviewDeadline;
        Assert.Equal((9, "2014-10-14"), (deadline?.TotalDays, deadline?.Due.Iso()));
        Assert.Equal([("2014-10-15", DueDateChangeReason.Extended), ("2014-10-22", DueDateChangeReason.Expedited)], deadline?.History.Select(h => (h.OldDue.Iso(), h.Why)) ?? []);
        walk.MustRefuse("extension.once", Ask with { Reason = "仍不够" }, People.Handler);
    }

    [Fact]
    public void Expediting_never_lengthens_a_limit_nor_ends_it_in_the_past()
    {
        var walk = WalkStages.At("underReview");
        walk.MustRefuse("expedite.longer", new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急", 11), People.Head, nameof(ExpediteMatter.Days));
        walk.Now = Beijing(2014, 10, 9);
        walk.MustRefuse("expedite.past", new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急", 4), People.Head, nameof(ExpediteMatter.Days));
        walk.Must(new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急", 5), People.Head);
        Assert.Equal("2014-10-09", walk.Matter.ReviewDeadline?.Due.Iso());
    }

    [Fact]
    public void Before_the_acceptance_there_is_no_limit_to_shorten_and_none_is_lost_silently()
    {
        var walk = WalkStages.At("preCheck");
        walk.MustRefuse("expedite.no-limit", new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急", 5), People.Head, nameof(ExpediteMatter.Days));
        walk.Must(new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急"), People.Head);
    }

    [Fact]
    public void Expediting_without_days_leaves_the_limit_and_shortens_what_the_experts_get()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急"), People.Head);
        Assert.Equal("2014-10-15", walk.Matter.ReviewDeadline?.Due.Iso());
        walk.MustIgnore(new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急"), People.Head);
        Assert.Equal(new DateOnly(2014, 9, 29), walk.To("expertConsulting").Invitations[0].Due);
    }

    [Fact]
    public void An_unapproved_urgency_gives_the_experts_their_whole_time() =>
        Assert.Equal(new DateOnly(2014, 10, 9), WalkStages.At("expertConsulting", Stage.Registration() with { Urgency = UrgencyLevel.Critical }).Invitations[0].Due);

    [Fact]
    public void Expediting_needs_a_level_and_a_sensible_limit()
    {
        var walk = WalkStages.At("underReview");
        walk.MustRefuse("expedite.level", new ExpediteMatter(UrgencyLevel.Normal, "理由", 5), People.Head, nameof(ExpediteMatter.Level));
        walk.MustRefuse("expedite.days", new ExpediteMatter(UrgencyLevel.Urgent, "理由", 0), People.Head, nameof(ExpediteMatter.Days));
        walk.MustRefuse("expedite.days", new ExpediteMatter(UrgencyLevel.Urgent, "理由", 61), People.Head, nameof(ExpediteMatter.Days));
        walk.MustRefuse("role.missing", new ExpediteMatter(UrgencyLevel.Urgent, "理由", 5), People.Handler);
    }

    [Fact]
    public void A_review_is_warned_of_at_half_one_day_before_and_when_overdue_with_a_blue_slip()
    {
        var walk = WalkStages.At("underReview");
        walk.PassTo(Beijing(2014, 10, 9, 8));
        Assert.DoesNotContain(walk.Facts, f => f is DeadlineWarned { Warning.OfReview: true });
        walk.PassTo(Beijing(2014, 10, 9, 10));
        Assert.Single(walk.Facts.OfType<DeadlineWarned>(), w => w.Warning is { OfReview: true, Kind: DeadlineWarningKind.HalfUsed });
        walk.PassTo(Beijing(2014, 10, 15, 23));
        Assert.Empty(walk.Matter.Slips);
        walk.PassTo(Beijing(2014, 10, 16, 0));

        var slip = Assert.Single(walk.Matter.Slips);
        Assert.Equal((SlipColour.Blue, "2014-10-21"), (slip.Colour, slip.ReplyBy.Iso()));
        Assert.Contains("审查时限", slip.Duty, StringComparison.Ordinal);
        Assert.Equal(DeadlineLight.Red, walk.Matter.ReviewDeadline?.Light(walk.Now));
    }

    [Fact]
    public void A_stage_with_a_limit_is_warned_of_while_the_matter_stands_there()
    {
        var walk = WalkStages.At("preCheck");
        walk.PassTo(Beijing(2014, 10, 10));
        Assert.Contains("初审", Assert.Single(walk.Matter.Slips).Duty, StringComparison.Ordinal);
        Assert.DoesNotContain(walk.Facts.OfType<DeadlineWarned>(), w => w.Warning.Stage == "registered");
    }

    [Fact]
    public void A_warning_of_a_limit_that_moved_or_was_met_does_nothing()
    {
        var walk = WalkStages.At("underReview");
        var warning = new WarnDeadline(DeadlineWarningKind.Overdue, true, new(2014, 10, 14), "underReview");
        walk.MustIgnore(warning, Actor.System("timer"));
        walk.To("awaitingFeedback");
        walk.MustIgnore(warning with { Due = new(2014, 10, 15) }, Actor.System("timer"));
        Assert.Equal(DeadlineLight.Met, walk.Matter.ReviewDeadline?.Light(walk.Now));
    }

    [Fact]
    public void A_holiday_notice_that_comes_later_moves_the_limits_and_keeps_the_old_day()
    {
        var walk = new Walk { Now = Beijing(2014, 9, 26) }.To("underReview");
        walk.MustIgnore(new RecomputeDeadlines(), Actor.System("cli"));
        var old = walk.Matter.ReviewDeadline;
        walk.Calendar = walk.Calendar.WithLocalDays([new(new(2014, 10, 13), false, "州庆"), new(new(2014, 10, 14), false, "州庆")]);
        walk.Must(new RecomputeDeadlines(), Actor.System("cli"));

        var deadline = walk.Matter.ReviewDeadline;
        Assert.Equal("2014-10-17", deadline?.Due.Iso());
        Assert.Equal(new DueDateChange(new(2014, 10, 15), old?.CalendarVersion ?? "", DueDateChangeReason.CalendarChanged, walk.Now), Assert.Single(deadline?.History ?? []));
        Assert.NotEqual(old?.CalendarVersion, deadline?.CalendarVersion);
        Assert.Contains(walk.Timers, t => t.Command is WarnDeadline { OfReview: true, Due: { Month: 10, Day: 17 } });
        walk.MustIgnore(new RecomputeDeadlines(), Actor.System("cli"));
    }

    [Fact]
    public void A_stage_limit_is_recomputed_too()
    {
        var walk = WalkStages.At("preCheck");
        Assert.Equal("2014-10-09", walk.Matter.StageDeadline?.Due.Iso());
        walk.Calendar = walk.Calendar.WithLocalDays([new(new(2014, 10, 9), false, "州庆")]);
        walk.Must(new RecomputeDeadlines(), Actor.System("cli"));
        Assert.Equal("2014-10-10", walk.Matter.StageDeadline?.Due.Iso());
    }

    [Fact]
    public void A_year_without_a_notice_is_computed_as_provisional_Mondays_to_Fridays()
    {
        var walk = new Walk { Now = Beijing(2026, 12, 28) }.To("underReview", Stage.Registration() with { ReceivedAt = Beijing(2026, 12, 28) });
        Assert.True(walk.Calendar.IsProvisional(2027));
        Assert.Equal("2027-01-12", walk.Matter.ReviewDeadline?.Due.Iso());
    }
}
