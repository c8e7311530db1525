using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Panels;

public sealed class DrawPanelTests
{
    private static PrepareDraw Seats(int count) => new([.. Enumerable.Repeat(new SeatAsked(null, false), count)], "问题");

    [Fact]
    public void What_is_drawn_from_is_frozen_before_the_value_is_known()
    {
        var walk = WalkStages.At("drawing");
        Assert.Equal((null, 0), (walk.Panel.Seed, walk.Invitations.Count));
        Assert.Equal((walk.Evidence?.InputHash, walk.Evidence?.SecretHash), (walk.Panel.InputHash, walk.Panel.SecretHash));
        Assert.Null(walk.Evidence?.TranscriptJson);
        walk.MustRefuse("stage.not-here", WalkStages.ThreeSeats, People.Handler);
    }

    [Theory]
    [InlineData(1, "draw.too-few-seats")]
    [InlineData(4, "draw.even")]
    [InlineData(17, "draw.too-many-seats")]
    public void A_panel_is_odd_and_neither_too_small_nor_too_large(int seats, string code) =>
        WalkStages.At("underReview").MustRefuse(code, Seats(seats), People.Handler, nameof(PrepareDraw.Seats));

    [Fact]
    public void Faulty_conditions_are_named()
    {
        var walk = WalkStages.At("underReview", Stage.Registration() with { Parties = [" "] });
        walk.MustRefuse("draw.input", Seats(3), People.Handler);
    }

    [Fact]
    public void A_draw_seats_the_panel_keeps_its_transcript_and_invites_by_itself()
    {
        var walk = WalkStages.At("expertConsulting");
        var transcript = DrawTranscript.FromJson(walk.Evidence?.TranscriptJson ?? "");

        Assert.Equal(walk.Panel.Seed, transcript.Seed);
        Assert.Equal(transcript.Panel.Select(p => p.Id), walk.Invitations.Select(i => i.BankNumber));
        Assert.All(walk.Invitations, i => Assert.Equal(InvitationState.Invited, i.State));
        Assert.Equal(3, walk.Letters.Count(l => l.Kind == LetterKinds.Consultation));
        Assert.Equal(3, walk.Invitations.Select(i => i.Id).Distinct().Count());
        walk.MustIgnore(new DrawPanel(), People.Secretariat);
        walk.MustIgnore(new InviteExperts(), Actor.System("route"));
    }

    [Fact]
    public void Nobody_draws_before_the_beacon_is_known()
    {
        var walk = WalkStages.At("drawing");
        walk.MustRefuse("draw.beacon-awaited", new DrawPanel(), People.Secretariat);
        walk.Committed().Must(Shares.Reveal(ShareSide.Audit), People.Auditor);
        walk.MustRefuse("draw.beacon-awaited", new DrawPanel(), Actor.System("route"));
    }

    [Fact]
    public void Evidence_that_changed_after_the_freeze_stops_the_draw()
    {
        var walk = WalkStages.At("drawing");
        var frozen = walk.Evidence ?? throw new InvalidOperationException("Nothing was frozen.");
        walk.Evidence = frozen with { InputJson = frozen.InputJson.Replace("示例专家001", "示例专家999", StringComparison.Ordinal) };
        walk.Draw();
        Assert.Equal(("drawing", null, Shares.Both), (walk.Matter.Stage, walk.Panel.Seed, walk.Panel.Beacon?.Value));
        walk.MustRefuse("draw.evidence-changed", new DrawPanel(), People.Secretariat);

        walk.Evidence = frozen;
        Assert.Equal("expertConsulting", walk.Must(new DrawPanel(), People.Secretariat).Stage);
    }

    [Fact]
    public void Without_preparation_there_is_no_draw()
    {
        var walk = WalkStages.At("drawing");
        walk.Evidence = null;
        walk.MustRefuse("draw.not-prepared", new DrawPanel(), People.Secretariat);
    }

    [Fact]
    public void Seats_that_nobody_can_take_are_named_before_anything_is_frozen()
    {
        var walk = WalkStages.At("underReview");
        walk.Pool.RemoveAll(p => p.Candidate.CommitteeMember);
        walk.MustRefuse("draw.infeasible", WalkStages.ThreeSeats, People.Handler, nameof(PrepareDraw.Seats));
        var message = walk.Ask(WalkStages.ThreeSeats, People.Handler).Refusal?.Message;
        Assert.Contains("席位 s1 合起来无法配齐：符合条件的专家只有 0 人", message, StringComparison.Ordinal);
        Assert.Equal("drawing", walk.Must(Seats(3), People.Handler).Stage);
    }

    [Fact]
    public void The_smallest_set_of_seats_is_named()
    {
        var walk = WalkStages.At("underReview");
        var member = walk.Pool.First(p => p.Candidate.CommitteeMember);
        walk.Pool.RemoveAll(p => p.Candidate.CommitteeMember && p != member);
        var refusal = walk.Ask(new PrepareDraw([new(null, false), new(null, true), new(null, true)], "问题"), People.Handler).Refusal;
        Assert.Contains("席位 s2、s3 合起来无法配齐：符合条件的专家只有 1 人，来自 1 个单位", refusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expert_of_the_sponsor_or_of_a_party_is_never_seated()
    {
        var walk = WalkStages.At("underReview");
        for (var i = 0; i < walk.Pool.Count; i++)
            if (i % 2 == 0) walk.Pool[i] = walk.Pool[i] with { Candidate = walk.Pool[i].Candidate with { Employer = i % 4 == 0 ? "示例省环保厅" : "示例热力有限公司" } };
        walk.To("expertConsulting");
        var interested = walk.Pool.Where((_, i) => i % 2 == 0).Select(p => p.Candidate.Id);
        Assert.Empty(walk.Invitations.Select(i => i.BankNumber).Intersect(interested));
    }

    [Fact]
    public void A_co_sponsors_lawyer_is_kept_out_as_a_partys_is()
    {
        var walk = WalkStages.At("underReview", Stage.Registration() with { CoSponsors = ["联合单位"], Counsel = ["示例律师事务所"] });
        for (var i = 3; i < walk.Pool.Count; i++)
            walk.Pool[i] = walk.Pool[i] with { Candidate = walk.Pool[i].Candidate with { Conflicts = [i % 2 == 0 ? "联合单位" : "示例律师事务所"] } };
        walk.Must(Seats(3), People.Handler);
        walk.Draw();
        Assert.Equal(walk.Pool.Take(3).Select(p => p.Candidate.Id).Order(), walk.Invitations.Select(i => i.BankNumber).Order());
    }

    [Fact]
    public void Nobody_is_invited_before_the_draw()
    {
        var walk = WalkStages.At("drawing");
        walk.MustRefuse("stage.not-here", new InviteExperts(), People.Secretariat);
        walk.Change(m => m with { Stage = "inviting" });
        walk.MustRefuse("invite.not-drawn", new InviteExperts(), People.Secretariat);
    }
}
