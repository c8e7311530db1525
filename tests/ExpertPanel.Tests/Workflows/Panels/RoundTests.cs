using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Xunit;
using static ExpertPanel.Tests.Workflows.Matters.Walk;

namespace ExpertPanel.Tests.Workflows.Panels;

/// <summary>截止, 递补 and 意见不足.</summary>
public sealed class RoundTests
{
    private readonly Walk walk = WalkStages.At("expertConsulting");

    /// <summary>Two opinions, the third expert silent and nobody left to substitute: closed short when due.</summary>
    private void CloseShort()
    {
        Exhaust();
        walk.Answer(walk.Invitations[0]);
        walk.Answer(walk.Invitations[1]);
        walk.PassTo(Beijing(2014, 10, 10, 1));
        Assert.Equal("insufficient", walk.Matter.Stage);
    }

    private void Exhaust()
    {
        var seated = walk.Invitations.Select(i => i.BankNumber).ToHashSet();
        walk.Pool.RemoveAll(p => !seated.Contains(p.Candidate.Id));
    }

    [Fact]
    public void A_round_with_open_answers_and_too_few_opinions_is_not_closed_by_hand()
    {
        walk.Answer(walk.Invitations[0]);
        walk.MustRefuse("round.still-open", new CloseRound(), People.Secretariat);
        walk.MustIgnore(new CloseRound(), Actor.System("timer"));
    }

    [Fact]
    public void With_enough_opinions_a_person_closes_before_the_last_day_and_who_is_left_is_told()
    {
        walk.Rules = SeedRules with { Settings = [.. SeedRules.Settings.Select(s => s.Key == "panel.minimumOpinions" ? s with { Value = "2" } : s)] };
        walk.Answer(walk.Invitations[0]);
        walk.Answer(walk.Invitations[1]);
        walk.Must(new CloseRound(), People.Handler);

        Assert.Equal("summarising", walk.Matter.Stage);
        Assert.Equal(InvitationState.Withdrawn, walk.Invitations[2].State);
        Assert.Single(walk.Letters, l => l.Kind == LetterKinds.InvitationWithdrawn && l.InvitationId == walk.Invitations[2].Id);
        Assert.Equal(2, walk.Letters.Count(l => l.Kind == LetterKinds.Thanks));
        walk.MustIgnore(new CloseRound(), People.Handler);
    }

    [Fact]
    public void When_nobody_is_left_to_substitute_the_seat_stays_vacant_and_the_round_closes_short()
    {
        Exhaust();
        foreach (var invitation in walk.Invitations.ToList()) walk.Must(new DeclineInvitation(invitation.Id, "无暇"), People.Expert(invitation));

        Assert.Equal(["s1", "s2", "s3"], walk.Panel.VacantSeats.Order());
        Assert.Equal("insufficient", walk.Matter.Stage);
        Assert.Equal((0, 3), (walk.Facts.OfType<RoundClosed>().Single().Opinions, walk.Facts.OfType<RoundClosed>().Single().Minimum));
    }

    [Fact]
    public void A_vacant_seat_does_not_close_the_round_on_who_is_still_writing()
    {
        Exhaust();
        walk.Must(new DeclineInvitation(walk.Invitations[0].Id, "无暇"), People.Expert(walk.Invitations[0]));
        Assert.Equal(["s1"], walk.Panel.VacantSeats);
        Assert.Equal("expertConsulting", walk.Matter.Stage);
    }

    [Fact]
    public void Too_few_opinions_extended_gives_who_was_late_another_limit()
    {
        CloseShort();
        var late = walk.Invitations[2];
        walk.Must(new ResolveShortfall(ShortfallChoice.Extend, "专家出差"), People.Head);

        Assert.Equal("expertConsulting", walk.Matter.Stage);
        Assert.Equal((InvitationState.Invited, new DateOnly(2014, 10, 14), null), (walk.Now(late).State, walk.Now(late).Due, walk.Panel.ClosedAt));
        Assert.Equal("2014-10-14", Assert.Single(walk.Letters, l => l.Kind == LetterKinds.RoundExtended).Facts["due"]);
        walk.Answer(walk.Now(late));
        walk.Pass(TimeSpan.FromHours(24));
        Assert.Equal(("summarising", 3), (walk.Matter.Stage, walk.Panel.ValidOpinions));
    }

    [Fact]
    public void An_extension_that_brings_nothing_closes_short_again()
    {
        CloseShort();
        walk.Must(new ResolveShortfall(ShortfallChoice.Extend, "专家出差"), People.Head);
        walk.PassTo(Beijing(2014, 10, 15, 1));
        Assert.Equal("insufficient", walk.Matter.Stage);
    }

    [Fact]
    public void A_seat_whose_substitute_answered_is_not_opened_again_for_who_lapsed_there()
    {
        // All three lapse; the substitutes of two seats answer, the third substitute lapses too.
        walk.PassTo(Beijing(2014, 9, 30, 1));
        var substitutes = walk.Invitations.Skip(3).ToList();
        walk.Answer(substitutes[0]);
        walk.Answer(substitutes[1]);
        Exhaust();
        walk.PassTo(Beijing(2014, 10, 20));
        Assert.Equal("insufficient", walk.Matter.Stage);
        walk.Must(new ResolveShortfall(ShortfallChoice.Extend, "再给一次机会"), People.Head);

        var open = Assert.Single(walk.Invitations, i => i.IsOpen);
        Assert.Equal(substitutes[2].Seat, open.Seat);
        // Each seat is held once, so that a later vacancy can be filled.
        walk.Must(new DeclineInvitation(open.Id, "无暇"), People.Expert(open));
        Assert.Equal(2, walk.Panel.ValidOpinions);
    }

    [Fact]
    public void There_is_nobody_to_extend_when_everyone_declined()
    {
        Exhaust();
        foreach (var invitation in walk.Invitations.ToList()) walk.Must(new DeclineInvitation(invitation.Id, "无暇"), People.Expert(invitation));
        walk.MustRefuse("shortfall.nobody-to-extend", new ResolveShortfall(ShortfallChoice.Extend, "等"), People.Head, nameof(ResolveShortfall.Choice));
    }

    [Fact]
    public void Too_few_opinions_replaced_asks_the_next_of_the_order()
    {
        CloseShort();
        walk.Pool.AddRange(Bank(60).Where(p => walk.Pool.All(known => known.Candidate.Id != p.Candidate.Id)));
        walk.Must(new ResolveShortfall(ShortfallChoice.Replace, "另请专家"), People.Head);

        Assert.Equal("expertConsulting", walk.Matter.Stage);
        var next = walk.Invitations[^1];
        Assert.Equal(("s3", InvitationState.Invited), (next.Seat, next.State));
        walk.Answer(next);
        walk.Must(new CloseRound(), People.Secretariat);
        Assert.Equal("summarising", walk.Matter.Stage);
    }

    [Fact]
    public void Replacing_with_nobody_left_comes_back_short()
    {
        CloseShort();
        walk.Must(new ResolveShortfall(ShortfallChoice.Replace, "另请专家"), People.Head);
        Assert.Equal("insufficient", walk.Matter.Stage);
    }

    [Fact]
    public void Too_few_opinions_may_lead_to_a_meeting()
    {
        CloseShort();
        walk.Must(new ResolveShortfall(ShortfallChoice.Meeting, "召开论证会"), People.Head);
        Assert.Equal("arguing", walk.Matter.Stage);
        walk.MustRefuse("meeting.none", MeetingTests.Minutes, People.Secretariat);
    }

    [Fact]
    public void Going_on_with_too_few_opinions_keeps_the_reason()
    {
        CloseShort();
        walk.MustRefuse("role.missing", new ResolveShortfall(ShortfallChoice.Proceed, "时限紧迫"), People.Handler);
        walk.Must(new ResolveShortfall(ShortfallChoice.Proceed, "时限紧迫"), People.Head);
        Assert.Equal(("summarising", "时限紧迫"), (walk.Matter.Stage, walk.Panel.ShortfallReason));
        Assert.Equal(3, walk.Invitations.Count);
    }

    [Fact]
    public void A_matter_without_a_panel_has_no_shortfall()
    {
        walk.Change(m => m with { Stage = "insufficient", Panel = null });
        walk.MustRefuse("shortfall.no-panel", new ResolveShortfall(ShortfallChoice.Proceed, "时限紧迫"), People.Head);
    }

    [Theory]
    [InlineData("summarising")]
    [InlineData("drafting")]
    public void An_opinion_struck_below_the_minimum_makes_the_opinions_too_few(string stage)
    {
        walk.To(stage);
        var strike = new StrikeOpinion(walk.Invitations[0].Id, RecusalGround.OwnInterest, "系股东");
        walk.Must(strike, People.Head);

        Assert.Equal(("insufficient", 2), (walk.Matter.Stage, walk.Panel.ValidOpinions));
        Assert.Single(walk.Invitations[0].Opinions);
        Assert.Equal(3, walk.Invitations.Count); // the round is closed: nobody is asked until the head decides
        walk.MustIgnore(strike, People.Head);
        walk.Must(new ResolveShortfall(ShortfallChoice.Replace, "另请专家"), People.Head);
        Assert.Equal("s1", walk.Invitations[^1].Seat);
    }

    [Fact]
    public void An_opinion_struck_above_the_minimum_only_leaves_the_count()
    {
        walk.To("summarising");
        walk.Rules = SeedRules with { Settings = [.. SeedRules.Settings.Select(s => s.Key == "panel.minimumOpinions" ? s with { Value = "2" } : s)] };
        walk.Must(new StrikeOpinion(walk.Invitations[0].Id, RecusalGround.OwnInterest, "系股东"), People.Secretariat);
        Assert.Equal(("summarising", 2), (walk.Matter.Stage, walk.Panel.ValidOpinions));
        walk.MustRefuse("opinion.not-counted", new StrikeOpinion(Guid.CreateVersion7(), RecusalGround.OwnInterest, "系股东"), People.Secretariat);
    }
}
