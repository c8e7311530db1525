using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Panels;

public sealed class SummariseOpinionsTests
{
    private static Walk Summarising(params OpinionStand[] stands)
    {
        var walk = WalkStages.At("expertConsulting");
        foreach (var (invitation, stand) in walk.Invitations.ToList().Zip(stands)) walk.Answer(invitation, stand, $"意见{stand}");
        walk.Must(new CloseRound(), People.Secretariat);
        return walk;
    }

    [Fact]
    public void The_count_follows_from_the_opinions_and_no_dissent_is_left_out()
    {
        var walk = Summarising(OpinionStand.Lawful, OpinionStand.LawfulWithChanges, OpinionStand.Unlawful);
        walk.Must(new SummariseOpinions("专家一致同意。"), People.Handler);

        Assert.Equal(new Tally(1, 1, 1, 0), walk.Matter.Summary?.Tally);
        Assert.Equal([$"{walk.Invitations[2].ExpertName}：意见Unlawful"], walk.Matter.Summary?.Dissents);
    }

    [Fact]
    public void Only_the_handler_or_the_secretariat_sums_up()
    {
        var walk = Summarising(OpinionStand.Lawful, OpinionStand.Lawful, OpinionStand.Abstain);
        walk.MustRefuse("handler.other", new SummariseOpinions("汇总"), People.OtherHandler);
        Assert.Equal(new Tally(2, 0, 0, 1), walk.Must(new SummariseOpinions("汇总"), People.Secretariat).Summary?.Tally);
    }

    [Theory]
    [InlineData(ReviewConclusion.Lawful, 1, 0, 2, true)]
    [InlineData(ReviewConclusion.LawfulWithChanges, 0, 1, 2, true)]
    [InlineData(ReviewConclusion.Unlawful, 1, 1, 1, true)]
    [InlineData(ReviewConclusion.Lawful, 1, 0, 1, false)] // a tie decides nothing
    [InlineData(ReviewConclusion.Unlawful, 1, 0, 1, false)]
    [InlineData(ReviewConclusion.Lawful, 1, 1, 1, false)]
    [InlineData(ReviewConclusion.ExploratoryReformRiskDisclosed, 0, 0, 3, false)]
    [InlineData(ReviewConclusion.OutOfScope, 3, 0, 0, false)]
    public void A_conclusion_differs_only_from_a_majority_of_the_other_side(ReviewConclusion conclusion, int lawful, int changes, int unlawful, bool differs) =>
        Assert.Equal(differs, new Tally(lawful, changes, unlawful, 0).Differs(conclusion));

    [Fact]
    public void A_major_decision_is_not_drafted_without_experts() =>
        WalkStages.At("underReview").MustRefuse("draft.experts-required", new DraftWithoutExperts("事实清楚"), People.Handler);

    [Fact]
    public void Another_matter_may_be_drafted_without_experts_by_its_handler_with_a_reason()
    {
        var walk = WalkStages.At("underReview", Stage.Registration(type: MatterType.LegalInstrument));
        walk.MustRefuse("handler.other", new DraftWithoutExperts("事实清楚"), People.OtherHandler);
        walk.Must(new DraftWithoutExperts("事实清楚"), People.Handler);
        Assert.Equal("drafting", walk.Matter.Stage);
        Assert.Equal("事实清楚", Assert.Single(walk.Facts.OfType<ExpertsNotNeeded>()).Reason);
    }
}
