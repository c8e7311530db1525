using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Panels;

public sealed class SubmitOpinionTests
{
    private readonly Walk walk = WalkStages.At("expertConsulting");

    private Invitation First => walk.Invitations[0];

    private Actor Expert => People.Expert(First);

    [Fact]
    public void An_opinion_is_kept_as_it_was_given()
    {
        var opinion = new SubmitOpinion(First.Id, OpinionStand.LawfulWithChanges, "第五条须修改。", "删去第二款", true, OpinionChannel.Mail,
            [new(Guid.CreateVersion7(), "意见.pdf", "application/pdf", 9, "aa")], "mail:1");
        walk.Must(opinion, Expert);

        Assert.Equal(InvitationState.Submitted, First.State);
        var kept = Assert.Single(First.Opinions);
        Assert.Equal((1, opinion.Stand, opinion.Text, opinion.Suggestions, true, OpinionChannel.Mail, "mail:1"),
            (kept.Version, kept.Stand, kept.Text, kept.Suggestions, kept.Dissent, kept.Channel, kept.Evidence));
        walk.MustIgnore(opinion, Expert);
    }

    [Fact]
    public void Of_two_conflicting_replies_the_latest_counts_and_the_first_stays_on_record()
    {
        walk.Must(Stage.Opinion(First), Expert);
        walk.Now = walk.Now.AddHours(3);
        walk.Must(Stage.Opinion(First, OpinionStand.Unlawful, "再审后认为违反上位法。"), Expert);

        Assert.Equal([(1, OpinionStand.Lawful), (2, OpinionStand.Unlawful)], First.Opinions.Select(o => (o.Version, o.Stand)));
        Assert.Equal(2, First.Counted?.Version);
        Assert.Equal(1, walk.Panel.ValidOpinions);
    }

    [Fact]
    public void The_first_reply_sent_again_after_the_second_is_a_third_version()
    {
        walk.Must(Stage.Opinion(First), Expert);
        walk.Must(Stage.Opinion(First, OpinionStand.Unlawful, "违反上位法。"), Expert);
        walk.Must(Stage.Opinion(First), Expert);
        Assert.Equal((3, OpinionStand.Lawful), (First.Counted?.Version, First.Counted?.Stand));
    }

    [Fact]
    public void A_reply_after_the_due_date_is_refused()
    {
        walk.Must(new AcceptInvitation(First.Id, true), Expert);
        walk.Now = ChinaTime.EndOfDay(First.Due).AddSeconds(-1);
        Assert.Null(walk.Ask(Stage.Opinion(First), Expert).Refusal);
        walk.Now = ChinaTime.EndOfDay(First.Due);
        walk.MustRefuse("opinion.past-due", Stage.Opinion(First), Expert);
    }

    [Fact]
    public void After_the_last_opinion_the_round_stays_open_a_day_for_amendments()
    {
        foreach (var invitation in walk.Invitations) walk.Answer(invitation);
        walk.Pass(TimeSpan.FromHours(12));
        Assert.Equal("expertConsulting", walk.Matter.Stage);
        walk.Must(Stage.Opinion(First, OpinionStand.Unlawful, "违反上位法。"), Expert);
        walk.Pass(TimeSpan.FromHours(23));
        Assert.Equal("expertConsulting", walk.Matter.Stage);
        walk.Pass(TimeSpan.FromHours(1));

        Assert.Equal("summarising", walk.Matter.Stage);
        Assert.Equal(OpinionStand.Unlawful, First.Counted?.Stand);
        Assert.Equal(3, walk.Letters.Count(l => l.Kind == LetterKinds.Thanks));
    }

    [Fact]
    public void When_the_round_is_closed_no_opinion_is_taken_or_amended()
    {
        walk.To("summarising");
        walk.MustRefuse("stage.not-here", Stage.Opinion(First, OpinionStand.Unlawful, "补充。"), Expert);
        // A route may let the matter stand in the stage although the round is closed.
        walk.Change(m => m with { Stage = "expertConsulting" });
        walk.MustRefuse("opinion.round-closed", Stage.Opinion(First, OpinionStand.Unlawful, "补充。"), Expert);
    }
}
