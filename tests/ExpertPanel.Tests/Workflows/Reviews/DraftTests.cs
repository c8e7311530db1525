using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Reviews;

public sealed class DraftTests
{
    [Fact]
    public void Each_change_is_a_new_version_and_the_same_text_again_is_none()
    {
        var walk = WalkStages.At("drafting");
        walk.Must(Stage.Draft(), People.Handler);
        walk.MustIgnore(Stage.Draft(), People.Handler);
        walk.Must(Stage.Draft() with { Content = "内容基本合法。" }, People.Handler);

        Assert.Equal((2, "内容基本合法。"), (walk.Matter.Draft?.Version, walk.Matter.Draft?.Content));
        Assert.Equal(walk.Rules.OfficeContact, walk.Matter.Draft?.Contact);
        Assert.Equal(2, walk.Facts.OfType<DraftSaved>().Count());
    }

    [Fact]
    public void Only_handler_and_co_handler_write_and_hand_on_the_draft()
    {
        var walk = WalkStages.At("assigning");
        walk.Must(WalkStages.Assignment with { CoHandlers = [new("co", "协办人")] }, People.Head);
        walk.To("drafting");
        walk.MustRefuse("handler.other", Stage.Draft(), People.OtherHandler);
        walk.Must(Stage.Draft(), People.Handler with { Id = "co", Name = "协办人" });
        walk.MustRefuse("handler.other", new SubmitDraft(), People.OtherHandler);
        Assert.Equal("verifying", walk.Must(new SubmitDraft(), People.Handler).Stage);
    }

    [Fact]
    public void An_exploratory_reform_states_its_risks()
    {
        var walk = WalkStages.At("drafting");
        var draft = Stage.Draft() with { Conclusion = ReviewConclusion.ExploratoryReformRiskDisclosed, WhyOtherThanExperts = null };
        walk.MustRefuse("draft.risks-missing", draft, People.Handler, nameof(SaveDraft.Risks));
        walk.MustRefuse("draft.risks-missing", draft with { Risks = [] }, People.Handler, nameof(SaveDraft.Risks));
        Assert.Equal(["尚无上位法依据"], walk.Must(draft with { Risks = ["尚无上位法依据"] }, People.Handler).Draft?.Risks);
    }

    [Theory]
    [InlineData(ReviewConclusion.Unlawful)]
    [InlineData(ReviewConclusion.LawfulWithChanges)]
    public void A_conclusion_with_faults_names_them(ReviewConclusion conclusion) =>
        WalkStages.At("drafting").MustRefuse("draft.problems-missing", Stage.Draft() with { Conclusion = conclusion, WhyOtherThanExperts = "理由" }, People.Handler, nameof(SaveDraft.Problems));

    [Fact]
    public void A_conclusion_against_the_experts_majority_says_why()
    {
        var walk = WalkStages.At("drafting");
        var draft = Stage.Draft(ReviewConclusion.Unlawful);
        walk.MustRefuse("draft.why-other", draft, People.Handler, nameof(SaveDraft.WhyOtherThanExperts));
        walk.Must(draft with { WhyOtherThanExperts = "专家未见新颁布的行政法规" }, People.Handler);
        Assert.Equal("专家未见新颁布的行政法规", walk.Matter.Draft?.WhyOtherThanExperts);
    }

    [Fact]
    public void Nothing_unwritten_is_handed_on() => WalkStages.At("drafting").MustRefuse("draft.none", new SubmitDraft(), People.Handler);

    [Fact]
    public void The_findings_are_the_handlers()
    {
        var walk = WalkStages.At("underReview");
        var findings = new RecordFindings("权限合法", "程序完备", "内容待议");
        walk.MustRefuse("handler.other", findings, People.OtherHandler);
        walk.Must(findings, People.Handler);
        walk.MustIgnore(findings, People.Handler);
        Assert.Equal("程序完备", walk.Matter.Findings?.Procedure);
    }

    [Fact]
    public void Consulting_units_never_counts_as_review()
    {
        var walk = WalkStages.At("underReview");
        var ask = new ConsultUnits("示例省发改委", "fagai@unit.test", "是否同意？");
        walk.Must(ask, People.Handler);
        walk.MustIgnore(ask, People.Handler);
        walk.MustRefuse("consultation.none-open", new RecordConsultationReply("示例省财政厅", "同意", true), People.Handler, nameof(RecordConsultationReply.Unit));
        var reply = new RecordConsultationReply("示例省发改委", "经审查，合法。", true);
        walk.Must(reply, People.Handler);
        walk.MustIgnore(reply, People.Handler);

        Assert.Equal("underReview", walk.Matter.Stage);
        Assert.Equal((true, "经审查，合法。", "2014-10-09"), (walk.Matter.Consultations[0].Agrees, walk.Matter.Consultations[0].Reply, walk.Matter.Consultations[0].Due.Iso()));
        walk.MustRefuse("draft.experts-required", new DraftWithoutExperts("发改委已审查"), People.Handler);
        walk.MustRefuse("stage.not-here", new SignOpinion(), People.Leader);
    }

    [Fact]
    public void Silence_of_a_unit_is_not_agreement_and_a_unit_without_address_is_asked_on_paper()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(new ConsultUnits("示例省发改委", " ", "是否同意？"), People.Handler);
        walk.Pass(TimeSpan.FromDays(30));
        Assert.Null(walk.Matter.Consultations[0].Agrees);
        Assert.Empty(walk.Letters);
    }
}
