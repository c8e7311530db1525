using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Matters;

public sealed class AssignMatterTests
{
    private static readonly ReassignMatter ToOther = new("法制一处", People.OtherHandler.Person, "原承办人休假");

    [Fact]
    public void Leader_division_person_and_deadline_stand_on_the_matter()
    {
        var walk = WalkStages.At("underReview");
        var responsibility = walk.Matter.Responsibility;
        Assert.Equal((People.Leader.Person, "法制一处", People.Handler.Person), (responsibility?.Leader, responsibility?.Division, responsibility?.Handler));
        Assert.NotNull(walk.Matter.ReviewDeadline);
        walk.MustIgnore(WalkStages.Assignment, People.Head);
    }

    [Fact]
    public void The_responsible_leader_does_not_handle_the_matter() =>
        WalkStages.At("assigning").MustRefuse("assign.leader-is-handler", new AssignMatter(People.Leader.Person, "法制一处", People.Leader.Person), People.Head, nameof(AssignMatter.Handler));

    [Fact]
    public void A_reassignment_changes_the_person_and_is_asked_twice_without_harm()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(ToOther, People.Head);
        Assert.Equal(People.OtherHandler.Person, walk.Matter.Responsibility?.Handler);
        walk.MustIgnore(ToOther, People.Head);
        walk.MustRefuse("handler.other", new RecordFindings("合法", "合法", "合法"), People.Handler);
    }

    [Fact]
    public void The_same_handler_may_move_to_another_division_with_the_matter()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(new ReassignMatter("法制三处", People.Handler.Person, "处室调整"), People.Head);
        Assert.Equal("法制三处", walk.Matter.Responsibility?.Division);
    }

    [Fact]
    public void What_nobody_was_given_can_not_be_reassigned()
    {
        var walk = WalkStages.At("underReview");
        walk.Change(m => m with { Responsibility = null });
        walk.MustRefuse("assign.not-yet", ToOther, People.Head);
    }

    [Theory]
    [InlineData("leader")]
    [InlineData("verifier")]
    [InlineData("signer")]
    public void Who_leads_verified_or_signed_can_not_become_the_handler(string who)
    {
        var walk = WalkStages.At("delivering");
        walk.Change(m => m with { SignOff = m.SignOff! with { By = new("deputy", "副主任") } }); // a sign-off is there from this stage on
        var person = who switch { "leader" => People.Leader.Person, "verifier" => People.Head.Person, _ => new Person("deputy", "副主任") };
        walk.MustRefuse("review.three-persons", new ReassignMatter("法制一处", person, "调整"), People.Leader, nameof(ReassignMatter.Handler));
    }

    [Fact]
    public void A_handler_who_is_kin_of_the_applicant_is_recused_and_the_ground_is_kept()
    {
        var walk = WalkStages.At("underReview");
        var recuse = new RecuseHandler(RecusalGround.RelativesInterest, "申请人系其近亲属", People.OtherHandler.Person);
        walk.Must(recuse, People.Head);

        Assert.Equal(People.OtherHandler.Person, walk.Matter.Responsibility?.Handler);
        var fact = Assert.Single(walk.Facts.OfType<HandlerReplaced>());
        Assert.Equal((RecusalGround.RelativesInterest, "申请人系其近亲属", "法制一处"), (fact.Ground, fact.Reason, fact.Division));
        walk.MustIgnore(recuse, People.Head);
        walk.MustRefuse("review.three-persons", recuse with { Handler = People.Leader.Person }, People.Head, nameof(RecuseHandler.Handler));
    }

    [Fact]
    public void A_co_handler_who_takes_over_is_no_longer_co_handler()
    {
        var walk = WalkStages.At("assigning");
        walk.Must(WalkStages.Assignment with { CoHandlers = [People.OtherHandler.Person] }, People.Head);
        walk.Must(ToOther, People.Head);
        Assert.Empty(walk.Matter.Responsibility?.CoHandlers ?? [People.Handler.Person]);
    }
}
