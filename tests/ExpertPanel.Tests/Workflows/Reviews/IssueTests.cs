using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Xunit;
using static ExpertPanel.Tests.Workflows.Matters.Walk;

namespace ExpertPanel.Tests.Workflows.Reviews;

/// <summary>编号, 作废, 送达, 反馈, 办结, 归档, 更正.</summary>
public sealed class IssueTests
{
    private static readonly RegisterMatter OnPaper = Stage.Registration() with { ContactEmail = null };

    [Fact]
    public void The_number_is_given_after_sign_off_in_the_standards_brackets_and_the_opinion_leaves_by_itself()
    {
        var walk = WalkStages.At("numbering");
        walk.Must(new IssueOpinion(), People.Document);

        Assert.Equal("甘政法函〔2014〕1号", walk.Matter.Issue?.Number);
        Assert.Equal("甘政法函〔2014〕1号", Assert.Single(walk.Letters, l => l.Kind == LetterKinds.OpinionDelivery).Facts["number"]);
        Assert.True(walk.Matter.Delivery?.ByMail);
        walk.MustIgnore(new IssueOpinion(), People.Document);
        walk.MustIgnore(new DeliverOpinion(), Actor.System("route"));
    }

    [Fact]
    public void What_is_not_signed_gets_no_number_and_what_has_none_is_not_sent()
    {
        var walk = WalkStages.At("signing");
        walk.MustRefuse("stage.not-here", new IssueOpinion(), People.Document);
        walk.Change(m => m with { Stage = "numbering" });
        walk.MustRefuse("issue.not-signed", new IssueOpinion(), People.Document);
        walk.Change(m => m with { Stage = "delivering" });
        walk.MustRefuse("deliver.no-number", new DeliverOpinion(), Actor.System("route"));
        walk.MustRefuse("deliver.not-sent", new ConfirmDelivery("联系人一"), People.Document);
    }

    [Fact]
    public void The_number_belongs_to_the_year_in_which_it_is_given()
    {
        var walk = WalkStages.At("numbering");
        walk.Now = Beijing(2015, 1, 4);
        Assert.Equal("甘政法函〔2015〕1号", walk.Must(new IssueOpinion(), People.Document).Issue?.Number);
    }

    [Fact]
    public void A_voided_number_is_kept_and_the_matter_takes_the_next_one()
    {
        var walk = WalkStages.At("delivering", OnPaper);
        walk.Must(new VoidNumber("用印错误"), People.Document);

        Assert.Equal(("numbering", null, null), (walk.Matter.Stage, walk.Matter.Issue, walk.Matter.Delivery));
        walk.MustIgnore(new VoidNumber("用印错误"), People.Document);
        walk.Must(new IssueOpinion(), People.Document);
        Assert.Equal("甘政法函〔2014〕2号", walk.Matter.Issue?.Number);
        Assert.Equal(new VoidedNumber("甘政法函〔2014〕1号", "用印错误", People.Document.Person, walk.Now), Assert.Single(walk.Matter.VoidedNumbers));
        Assert.NotNull(walk.Matter.Delivery);
    }

    [Fact]
    public void A_number_that_left_the_house_is_not_voided()
    {
        WalkStages.At("delivering").MustRefuse("void.delivered", new VoidNumber("用印错误"), People.Document);
        var onPaper = WalkStages.At("awaitingFeedback", OnPaper);
        onPaper.Change(m => m with { Stage = "delivering" });
        onPaper.MustRefuse("void.delivered", new VoidNumber("用印错误"), People.Document);
    }

    [Fact]
    public void The_clock_stops_when_the_sponsor_has_the_opinion()
    {
        var walk = WalkStages.At("delivering");
        walk.Now = walk.Now.AddDays(3);
        walk.Must(new ConfirmDelivery("联系人一"), People.Document);
        Assert.Equal((walk.Now, "联系人一", walk.Now), (walk.Matter.ReviewDeadline?.MetAt, walk.Matter.Delivery?.ReceivedBy, walk.Matter.Delivery?.ReceivedAt));
        walk.MustIgnore(new ConfirmDelivery("联系人一"), People.Document);
    }

    [Fact]
    public void What_is_not_adopted_needs_a_reason()
    {
        var walk = WalkStages.At("awaitingFeedback");
        walk.MustRefuse("feedback.reason-missing", new RecordFeedback(AdoptionKind.PartlyAdopted), People.Clerk, nameof(RecordFeedback.Reason));
        walk.MustRefuse("feedback.reason-missing", new RecordFeedback(AdoptionKind.Adopted, Items: [new("一", AdoptionKind.Adopted, null), new("二", AdoptionKind.NotAdopted, " ")]),
            People.Clerk, "Items[1].Reason");
        var feedback = new RecordFeedback(AdoptionKind.NotAdopted, "与省政府决定不符");
        walk.Must(feedback, People.Clerk);
        Assert.Equal(("closing", "与省政府决定不符"), (walk.Matter.Stage, walk.Matter.Feedback?.Reason));
        walk.MustIgnore(feedback, People.Clerk);
    }

    [Fact]
    public void Tabling_an_unlawful_draft_opens_a_red_slip_that_bars_closing()
    {
        var walk = WalkStages.At("drafting");
        walk.Must(Stage.Draft(ReviewConclusion.Unlawful) with { WhyOtherThanExperts = "违反新法" }, People.Handler);
        walk.Must(new SubmitDraft(), People.Handler);
        walk.To("awaitingFeedback");
        walk.Must(new RecordFeedback(AdoptionKind.NotAdopted, "仍拟上会", TabledDespiteUnlawful: true), People.Clerk);

        Assert.Equal(SlipColour.Red, Assert.Single(walk.Matter.Slips).Colour);
        Assert.True(walk.Matter.Feedback?.TabledDespiteUnlawful);
        walk.MustRefuse("close.slip-open", new CloseMatter(), People.Handler);
    }

    [Fact]
    public void A_lawful_draft_may_be_tabled() =>
        Assert.Empty(WalkStages.At("awaitingFeedback").Must(new RecordFeedback(AdoptionKind.Adopted, TabledDespiteUnlawful: true), People.Clerk).Slips);

    [Fact]
    public void Feedback_that_does_not_come_is_asked_for_and_supervised()
    {
        var walk = WalkStages.At("awaitingFeedback");
        walk.PassTo(Beijing(2014, 10, 16, 1));
        Assert.Equal("2014-10-15", Assert.Single(walk.Letters, l => l.Kind == LetterKinds.FeedbackReminder).Facts["due"]);
        Assert.Contains("采纳反馈", Assert.Single(walk.Matter.Slips).Duty, StringComparison.Ordinal);
    }

    [Fact]
    public void Feedback_in_time_is_not_asked_for()
    {
        var walk = WalkStages.At("closing");
        walk.PassTo(Beijing(2014, 10, 16, 1));
        Assert.DoesNotContain(walk.Letters, l => l.Kind == LetterKinds.FeedbackReminder);
        walk.MustIgnore(new RemindFeedback(new(2014, 10, 15)), Actor.System("timer"));
    }

    [Fact]
    public void An_archived_matter_has_its_number_and_its_term()
    {
        var walk = WalkStages.At("archived");
        Assert.Equal(new Archiving("620000-2014-D0001", RetentionTerm.Permanent, People.Archivist.Person, walk.Now), walk.Matter.Archive);
        walk.MustIgnore(new ArchiveMatter(RetentionTerm.TenYears), People.Archivist);
        walk.MustIgnore(new CloseMatter(), People.Handler);
    }

    [Theory]
    [InlineData(LinkKind.Correction, "更正")]
    [InlineData(LinkKind.Revocation, "撤销")]
    public void A_correction_is_a_matter_of_its_own_with_its_own_numbers_and_a_link(LinkKind kind, string word)
    {
        var original = WalkStages.At("archived").Matter;
        var walk = new Walk { Linked = original, Now = Beijing(2014, 11, 3) };
        walk.Must(new RegisterCorrection(original.Number, kind, "第二条误写"), People.Handler);

        Assert.Equal(("drafting", new MatterLink(original.Number, kind)), (walk.Matter.Stage, walk.Matter.Link));
        Assert.Equal($"关于{word}甘政法函〔2014〕1号的意见", walk.Matter.Title);
        Assert.Equal((1, original.Responsibility), (walk.Matter.Draft?.Version, walk.Matter.Responsibility));
        Assert.Contains(walk.Timers, t => t.Command is WarnDeadline { OfReview: true });
        walk.Must(Stage.Draft() with { Content = "更正后的内容" }, People.Handler);
        walk.Must(new SubmitDraft(), People.Handler);
        walk.To("archived");
        Assert.NotNull(walk.Matter.Issue);
        Assert.Equal("甘政法函〔2014〕1号", original.Issue?.Number);
    }

    [Fact]
    public void A_correction_needs_an_opinion_that_was_sent_and_somebody_of_the_office()
    {
        var walk = new Walk { Linked = WalkStages.At("archived").Matter };
        var correct = new RegisterCorrection("620000-2014-0001", LinkKind.Correction, "误写");
        walk.MustRefuse("role.missing", correct, People.Clerk);
        walk.MustRefuse("correction.kind", correct with { Kind = LinkKind.Resubmission }, People.Head, nameof(RegisterCorrection.Kind));
        walk.Linked = WalkStages.At("numbering").Matter;
        walk.MustRefuse("correction.not-issued", correct, People.Head, nameof(RegisterCorrection.LinkedNumber));
        walk.Linked = null;
        walk.MustRefuse("matter.link-not-found", correct, People.Head, nameof(RegisterCorrection.LinkedNumber));
    }
}
