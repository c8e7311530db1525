using ExpertPanel.Tests.Workflows.Beacons;
using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Panels;

/// <summary>Who has seen a part of the outcome can't undo it alone.</summary>
public sealed class RedrawTests
{
    private static readonly RequestRedraw Request = new("审计管理员的随机值遗失");

    [Fact]
    public void While_nothing_is_known_one_person_gives_the_draw_up()
    {
        var walk = WalkStages.At("drawing").Committed();
        var draw = walk.Panel.DrawId;
        walk.Must(new CancelDraw("席位有误"), People.Secretariat);
        Assert.Equal(("underReview", null), (walk.Matter.Stage, walk.Matter.Panel));
        var former = Assert.Single(walk.Matter.FormerDraws);
        Assert.Equal((draw, "席位有误", People.Secretariat.Person, null), (former.Panel.DrawId, former.Asked.Reason, former.Asked.By, former.ApprovedBy));

        walk.Must(WalkStages.ThreeSeats, People.Handler);
        Assert.NotEqual(draw, walk.Panel.DrawId);
    }

    [Fact]
    public void Once_a_value_was_shown_it_takes_two_persons_and_a_reason()
    {
        var walk = WalkStages.At("drawing").Committed();
        walk.Must(Shares.Reveal(ShareSide.Audit), People.Auditor);
        walk.MustRefuse("draw.part-known", new CancelDraw("不合适"), People.Secretariat);
        walk.MustRefuse("redraw.not-asked", new DecideRedraw(true), People.Head);
        walk.Must(Request, People.Secretariat);
        Assert.Equal(Role.DivisionHead, walk.Panel.Awaited?.Role);
        walk.MustRefuse("redraw.same-person", new DecideRedraw(true), People.Head with { Id = People.Secretariat.Id });
        walk.MustRefuse("role.missing", new DecideRedraw(true), People.Secretariat);

        walk.Must(new DecideRedraw(true, "同意"), People.Head);
        var former = Assert.Single(walk.Matter.FormerDraws);
        Assert.Equal((People.Secretariat.Person, People.Head.Person, Request.Reason), (former.Asked.By, former.ApprovedBy, former.Asked.Reason));
        Assert.Equal(Shares.Auditors, former.Panel.Beacon?.ShareOf(ShareSide.Audit)?.Value);
        Assert.Equal("underReview", walk.Matter.Stage);
    }

    [Fact]
    public void A_published_value_counts_as_known_though_nobody_has_entered_it()
    {
        var walk = EnterBeaconTests.AwaitingLottery();
        walk.Now = walk.Now.AddHours(12);
        walk.MustRefuse("draw.part-known", new CancelDraw("重设"), People.Secretariat);
    }

    [Fact]
    public void A_second_draw_withdraws_the_first_panel_and_keeps_it_on_record()
    {
        var walk = WalkStages.At("expertConsulting");
        walk.Answer(walk.Invitations[0]);
        var (first, evidence) = (walk.Panel, walk.Evidence);
        walk.Must(Request, People.Handler);
        walk.Must(new DecideRedraw(true), People.Leader);

        Assert.Equal(2, walk.Letters.Count(l => l.Kind == LetterKinds.InvitationWithdrawn));
        var former = Assert.Single(walk.Matter.FormerDraws).Panel;
        Assert.Equal((first.DrawId, first.Seed), (former.DrawId, former.Seed));
        Assert.Equal([InvitationState.Submitted, InvitationState.Withdrawn, InvitationState.Withdrawn], former.Invitations.Select(i => i.State));
        Assert.NotNull(evidence?.TranscriptJson);

        walk.Must(WalkStages.ThreeSeats, People.Handler);
        walk.Draw();
        Assert.NotEqual(first.Seed, walk.Panel.Seed);
        Assert.Equal(6, walk.Matter.AllInvitations.Count());
        Assert.Equal(0, walk.Panel.ValidOpinions);
        walk.MustRefuse("invitation.not-found", new AcceptInvitation(first.Invitations[1].Id, true), People.Expert(first.Invitations[1]));
    }

    [Fact]
    public void A_request_refused_leaves_the_draw_as_it_is()
    {
        var walk = WalkStages.At("expertConsulting");
        var panel = walk.Panel;
        walk.Must(Request, People.Secretariat);
        walk.Must(new DecideRedraw(false, "理由不足"), People.Head);
        Assert.Equal((panel.Invitations, "expertConsulting"), (walk.Panel.Invitations, walk.Matter.Stage));
        Assert.Null(walk.Panel.Redraw);
        Assert.Empty(walk.Matter.FormerDraws);
    }

    [Fact]
    public void Where_nothing_was_drawn_there_is_nothing_to_draw_anew()
    {
        var walk = WalkStages.At("expertConsulting");
        walk.Change(m => m with { Panel = null });
        walk.MustRefuse("redraw.no-draw", Request, People.Secretariat);
    }
}
