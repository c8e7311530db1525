using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Matters;

public sealed class EndMatterTests
{
    [Fact]
    public void A_declined_matter_tells_reason_and_proper_body()
    {
        var walk = WalkStages.At("preCheck");
        walk.MustRefuse("decline.proper-body-missing", new DeclineMatter(EndingReason.NotOurCompetence, "不属本办职责"), People.Head, nameof(DeclineMatter.ProperBody));
        var decline = new DeclineMatter(EndingReason.NotOurCompetence, "不属本办职责", "示例市人民政府");
        walk.Must(decline, People.Head);

        Assert.Equal("declined", walk.Matter.Stage);
        Assert.Equal("示例市人民政府", Assert.Single(walk.Letters, l => l.Kind == LetterKinds.DeclineNotice).Facts["properBody"]);
        Assert.Equal(walk.Now, walk.Matter.ClosedAt);
        walk.MustIgnore(decline, People.Head);
    }

    [Fact]
    public void Only_the_head_declines() =>
        WalkStages.At("preCheck").MustRefuse("role.missing", new DeclineMatter(EndingReason.NotALegalQuestion, "非法律问题"), People.Handler);

    [Fact]
    public void A_returned_matter_goes_back_with_its_reason()
    {
        var walk = WalkStages.At("preCheck");
        var back = new ReturnMatter(EndingReason.ProcedureNotFollowed, "未经集体讨论");
        walk.Must(back, People.Head);
        Assert.Equal(("returned", EndingKind.Returned), (walk.Matter.Stage, walk.Matter.Ending?.Kind));
        Assert.Equal("未经集体讨论", Assert.Single(walk.Letters).Facts["text"]);
        walk.MustIgnore(back, People.Head);
    }

    [Fact]
    public void A_transferred_matter_names_who_received_it()
    {
        var walk = WalkStages.At("preCheck");
        var transfer = new TransferMatter("示例省司法厅", "依职责移送");
        walk.Must(transfer, People.Head);
        Assert.Equal(("transferred", "示例省司法厅"), (walk.Matter.Stage, walk.Matter.Ending?.ProperBody));
        Assert.Equal(LetterKinds.TransferNotice, Assert.Single(walk.Letters).Kind);
        walk.MustIgnore(transfer, People.Head);
    }

    [Fact]
    public void A_withdrawal_withdraws_every_open_invitation_and_tells_the_experts()
    {
        var walk = WalkStages.At("expertConsulting");
        walk.Answer(walk.Invitations[0]);
        walk.Letters.Clear();
        var withdraw = new WithdrawMatter("项目调整");
        walk.Must(withdraw, People.Clerk);

        Assert.Equal("withdrawn", walk.Matter.Stage);
        Assert.Equal([InvitationState.Submitted, InvitationState.Withdrawn, InvitationState.Withdrawn], walk.Invitations.Select(i => i.State));
        Assert.Equal(2, walk.Letters.Count(l => l.Kind == LetterKinds.InvitationWithdrawn));
        Assert.NotNull(walk.Matter.ReviewDeadline?.MetAt);
        walk.MustIgnore(withdraw, People.Clerk);
    }

    [Fact]
    public void Nothing_asked_earlier_wakes_a_withdrawn_matter()
    {
        var walk = WalkStages.At("expertConsulting");
        walk.Must(new WithdrawMatter("项目调整"), People.Clerk);
        var (facts, letters) = (walk.Facts.Count, walk.Letters.Count);
        walk.Pass(TimeSpan.FromDays(60));
        Assert.Equal((facts, letters), (walk.Facts.Count, walk.Letters.Count));
        walk.MustRefuse("stage.not-here", Stage.Opinion(walk.Invitations[0]), People.Expert(walk.Invitations[0]));
    }

    [Fact]
    public void A_numbered_opinion_can_no_longer_be_withdrawn() =>
        WalkStages.At("delivering").MustRefuse("stage.not-here", new WithdrawMatter("项目调整"), People.Clerk);

    [Fact]
    public void A_terminated_matter_tells_sponsor_and_experts()
    {
        var walk = WalkStages.At("expertConsulting");
        walk.Letters.Clear();
        var end = new TerminateMatter("上位法已废止");
        walk.Must(end, People.Leader);
        Assert.Equal(("terminated", EndingReason.BasisDisappeared), (walk.Matter.Stage, walk.Matter.Ending?.Reason));
        Assert.Equal(3, walk.Letters.Count(l => l.Kind == LetterKinds.InvitationWithdrawn));
        Assert.Single(walk.Letters, l => l.Kind == LetterKinds.ReturnNotice);
        walk.MustIgnore(end, People.Leader);
    }

    [Fact]
    public void A_sponsor_without_an_address_is_served_on_paper()
    {
        var walk = WalkStages.At("preCheck", Stage.Registration() with { ContactEmail = null });
        walk.Must(new ReturnMatter(EndingReason.ProcedureNotFollowed, "未经集体讨论"), People.Head);
        Assert.Empty(walk.Letters);
    }

    [Fact]
    public void A_suspended_matter_may_still_be_withdrawn()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(new SuspendMatter(SuspensionCause.AwaitingLaw, "等待立法解释", "解释公布"), People.Head);
        walk.Must(new WithdrawMatter("项目调整"), People.Clerk);
        Assert.Equal(("withdrawn", null), (walk.Matter.Stage, walk.Matter.Suspension));
    }
}
