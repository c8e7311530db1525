using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Panels;
using Xunit;
using static ExpertPanel.Workflows.Panels.InvitationState;

namespace ExpertPanel.Tests.Workflows.Conflicts;

/// <summary>Conflicts that show themselves after the draw was prepared: at the draw and invitation, the acceptance, the submission, and after it.</summary>
public sealed class RecheckTests
{
    /// <summary>The walk's secret and beacon are always the same, so it always draws the same panel.</summary>
    private static readonly string FirstDrawn = WalkStages.At("expertConsulting").Invitations[0].BankNumber;

    [Fact]
    public void Whom_a_conflict_bars_between_preparation_and_draw_is_recused_and_the_next_is_invited_in_the_same_step()
    {
        var walk = WalkStages.At("drawing");
        Bar(walk, FirstDrawn);
        walk.Draw();

        var barred = walk.Invitations[0];
        Assert.Equal((FirstDrawn, Recused, RecusalGround.EmployerIsParty), (barred.BankNumber, barred.State, barred.Ground));
        Assert.Contains("示例热力有限公司", barred.Reason, StringComparison.Ordinal);
        Assert.Null(barred.InvitedAt);
        Assert.Equal(3, walk.Invitations.Count(i => i.State == Invited));
        Assert.Equal(3, walk.Letters.Count(l => l.Kind == LetterKinds.Consultation));
        Assert.Equal(NextFor(walk, barred.Seat), walk.Invitations[^1].BankNumber);
        Assert.Equal("expertConsulting", walk.Matter.Stage);
    }

    [Fact]
    public void At_the_acceptance_the_expert_is_recused_whatever_was_declared_and_the_next_is_invited_in_the_same_step()
    {
        var walk = WalkStages.At("expertConsulting");
        var invitation = walk.Invitations[0];
        Bar(walk, invitation.BankNumber);
        walk.Must(new AcceptInvitation(invitation.Id, true), People.Expert(invitation));

        Assert.Equal((Recused, null), (walk.Now(invitation).State, walk.Now(invitation).InvalidBecause));
        Assert.DoesNotContain(walk.Facts, f => f is InvitationAccepted);
        Assert.Single(walk.Letters, l => l.Kind == LetterKinds.InvitationWithdrawn && l.To.ExpertId == invitation.ExpertId);
        Assert.Equal((invitation.Seat, Invited), (walk.Invitations[^1].Seat, walk.Invitations[^1].State));
        Assert.Equal(4, walk.Invitations.Count);
    }

    [Fact]
    public void At_the_submission_the_opinion_is_kept_marked_invalid_and_the_quorum_counted_without_it()
    {
        var walk = WalkStages.At("expertConsulting");
        foreach (var other in walk.Invitations.Skip(1)) walk.Answer(other);
        var invitation = walk.Invitations[0];
        walk.Must(new AcceptInvitation(invitation.Id, true), People.Expert(invitation));
        Bar(walk, invitation.BankNumber);
        walk.Must(Stage.Opinion(invitation, text: "留存的意见"), People.Expert(invitation));

        var kept = walk.Now(invitation);
        Assert.Equal((Recused, "留存的意见", null), (kept.State, Assert.Single(kept.Opinions).Text, kept.Counted));
        Assert.NotNull(kept.InvalidBecause);
        Assert.Equal(2, walk.Panel.ValidOpinions);
        Assert.Equal((invitation.Seat, Invited), (walk.Invitations[^1].Seat, walk.Invitations[^1].State));
        walk.MustRefuse("round.still-open", new CloseRound(), People.Secretariat);
    }

    [Fact]
    public void After_the_submission_a_recusal_by_the_expert_or_by_staff_keeps_the_opinion_and_recounts()
    {
        foreach (var by in new[] { true, false })
        {
            var walk = WalkStages.At("expertConsulting");
            foreach (var each in walk.Invitations.ToList()) walk.Answer(each);
            var invitation = walk.Invitations[0];
            Assert.Equal(3, walk.Panel.ValidOpinions);
            walk.Must(new RecuseExpert(invitation.Id, RecusalGround.RelativesInterest, "配偶任职于当事人"), by ? People.Expert(invitation) : People.Secretariat);

            Assert.Single(walk.Now(invitation).Opinions);
            Assert.NotNull(walk.Now(invitation).InvalidBecause);
            Assert.Equal(2, walk.Panel.ValidOpinions);
            Assert.Equal((invitation.Seat, Invited), (walk.Invitations[^1].Seat, walk.Invitations[^1].State));
        }
    }

    [Fact]
    public void After_the_round_a_struck_opinion_sends_the_matter_back_for_too_few()
    {
        var walk = WalkStages.At("summarising");
        walk.Must(new StrikeOpinion(walk.Invitations[0].Id, RecusalGround.OwnInterest, "持有当事人股份"), People.Head);
        Assert.Equal(("insufficient", 2), (walk.Matter.Stage, walk.Panel.ValidOpinions));
        Assert.Single(walk.Invitations[0].Opinions);
    }

    [Fact]
    public void A_near_match_found_at_the_acceptance_is_told_once_and_stops_nobody_until_a_person_decides()
    {
        var walk = WalkStages.At("expertConsulting");
        var invitation = walk.Invitations[0];
        walk.With(invitation.BankNumber, c => c with { FormerEmployers = ["示例热力集团有限公司"] });
        walk.Must(new AcceptInvitation(invitation.Id, true), People.Expert(invitation));
        walk.Must(Stage.Opinion(invitation), People.Expert(invitation));

        var near = Assert.Single(walk.Facts.OfType<NearMatchFound>()).Match;
        Assert.Equal((Submitted, invitation.BankNumber), (walk.Now(invitation).State, near.BankNumber));
        Assert.Equal(near, Assert.Single(walk.Matter.WaitingNearMatches));
        walk.Must(new DecideConflict(near.BankNumber, near.Finding, IsConflict: true, "同一集团"), People.Secretariat);
        Assert.Empty(walk.Matter.WaitingNearMatches);
        Assert.Equal(Recused, walk.Now(invitation).State);
        Assert.NotNull(walk.Now(invitation).InvalidBecause);
        Assert.Equal((invitation.Seat, Invited), (walk.Invitations[^1].Seat, walk.Invitations[^1].State));
    }

    [Fact]
    public void A_near_match_that_a_corrected_card_removed_is_taken_off_the_desk_by_a_person_and_can_no_longer_be_a_conflict()
    {
        var walk = WalkStages.At("expertConsulting");
        var invitation = walk.Invitations[0];
        walk.With(invitation.BankNumber, c => c with { FormerEmployers = ["示例热力集团有限公司"] });
        walk.Must(new AcceptInvitation(invitation.Id, true), People.Expert(invitation));
        var near = Assert.Single(walk.Matter.WaitingNearMatches);
        walk.With(invitation.BankNumber, c => c with { FormerEmployers = [] });

        walk.MustRefuse("conflict.not-found", new DecideConflict(near.BankNumber, near.Finding, IsConflict: true, "同一集团"), People.Secretariat);
        walk.Must(new DecideConflict(near.BankNumber, near.Finding, IsConflict: false, "资料已更正"), People.Secretariat);

        Assert.Empty(walk.Matter.WaitingNearMatches);
        Assert.Equal((ConflictRules.FormerEmployer, near.Evidence), (walk.Matter.ConflictDecisions[^1].Rule, walk.Matter.ConflictDecisions[^1].Evidence));
    }

    [Fact]
    public void Who_left_the_panel_waits_for_no_decision_and_neither_does_who_was_not_drawn()
    {
        var walk = WalkStages.At("underReview");
        walk.With(walk.Pool[0].Candidate.Id, c => c with { FormerEmployers = ["示例热力集团有限公司"] });
        walk.Must(new ReferNearMatches(), People.Handler);
        Assert.Single(walk.Facts.OfType<NearMatchFound>());
        Assert.Single(walk.Matter.WaitingNearMatches);

        var later = WalkStages.At("expertConsulting");
        var invitation = later.Invitations[0];
        later.With(invitation.BankNumber, c => c with { FormerEmployers = ["示例热力集团有限公司"] });
        later.Must(new AcceptInvitation(invitation.Id, true), People.Expert(invitation));
        later.Must(new DeclineInvitation(invitation.Id, "出差"), People.Expert(invitation));
        Assert.Empty(later.Matter.WaitingNearMatches);
        Assert.NotEmpty(later.Matter.NearMatches);
    }

    [Fact]
    public void A_substitute_whom_a_conflict_bars_by_now_is_passed_over()
    {
        var walk = WalkStages.At("expertConsulting");
        var seat = walk.Invitations[0].Seat;
        var barred = NextFor(walk, seat);
        Bar(walk, barred);
        walk.Must(new DeclineInvitation(walk.Invitations[0].Id, "出差"), People.Expert(walk.Invitations[0]));
        Assert.Equal((seat, Invited), (walk.Invitations[^1].Seat, walk.Invitations[^1].State));
        Assert.NotEqual(barred, walk.Invitations[^1].BankNumber);
    }

    private static void Bar(Walk walk, string bankNumber) => walk.With(bankNumber, c => c with { FormerEmployers = ["示例热力有限公司"] });

    private static string NextFor(Walk walk, string seat) =>
        DrawTranscript.FromJson(walk.Evidence?.TranscriptJson ?? "").Alternates.Single(a => a.Seat == seat).Ids[0];
}
