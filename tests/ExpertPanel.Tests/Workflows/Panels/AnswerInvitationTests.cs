using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Panels;
using Xunit;
using static ExpertPanel.Tests.Workflows.Matters.Walk;

namespace ExpertPanel.Tests.Workflows.Panels;

public sealed class AnswerInvitationTests
{
    private readonly Walk walk = WalkStages.At("expertConsulting");

    private Invitation First => walk.Invitations[0];

    private Actor Expert => People.Expert(First);

    [Fact]
    public void An_acceptance_needs_the_pledge_and_counts_once()
    {
        walk.MustRefuse("invitation.pledge", new AcceptInvitation(First.Id, false), Expert, nameof(AcceptInvitation.Pledge));
        walk.Must(new AcceptInvitation(First.Id, true), Expert);
        Assert.Equal((InvitationState.Accepted, walk.Now), (First.State, First.AnsweredAt));
        walk.MustIgnore(new AcceptInvitation(First.Id, true), Expert);
    }

    [Fact]
    public void A_late_acceptance_is_refused()
    {
        walk.Now = ChinaTime.EndOfDay(First.AnswerBy).AddSeconds(-1);
        Assert.Null(walk.Ask(new AcceptInvitation(First.Id, true), Expert).Refusal);
        walk.Now = ChinaTime.EndOfDay(First.AnswerBy);
        walk.MustRefuse("invitation.past-due", new AcceptInvitation(First.Id, true), Expert);
    }

    [Fact]
    public void Nobody_answers_for_another_and_no_unknown_invitation_is_answered()
    {
        var (other, unknown) = (People.Expert(walk.Invitations[1]), Guid.CreateVersion7());
        foreach (var id in new[] { First.Id, unknown })
        {
            walk.MustRefuse("invitation.not-found", new AcceptInvitation(id, true), other);
            walk.MustRefuse("invitation.not-found", new DeclineInvitation(id, "无暇"), other);
            walk.MustRefuse("invitation.not-found", new RecuseExpert(id, RecusalGround.OwnInterest), other);
            walk.MustRefuse("invitation.not-found", Stage.Opinion(First) with { InvitationId = id }, other);
        }

        walk.Must(new AcceptInvitation(First.Id, true), People.Secretariat); // told on the telephone
        Assert.Equal(InvitationState.Accepted, First.State);
    }

    [Fact]
    public void Who_declines_is_replaced_by_the_next_of_the_order_and_never_comes_back()
    {
        var decline = new DeclineInvitation(First.Id, "出差");
        walk.Must(decline, Expert);

        Assert.Equal((InvitationState.Declined, "出差"), (First.State, First.Reason));
        var next = walk.Invitations[^1];
        Assert.Equal((First.Seat, InvitationState.Invited), (next.Seat, next.State));
        Assert.Equal(4, walk.Letters.Count(l => l.Kind == LetterKinds.Consultation));
        walk.MustIgnore(decline, Expert);
        walk.MustRefuse("invitation.no-longer-open", new AcceptInvitation(First.Id, true), Expert);
        walk.MustRefuse("invitation.no-longer-open", Stage.Opinion(First), Expert);
        walk.MustRefuse("invitation.no-longer-open", new RecuseExpert(First.Id, RecusalGround.OwnInterest), Expert);

        for (var i = 0; i < 5; i++)
        {
            var last = walk.Invitations.Last(invitation => invitation.Seat == "s2");
            walk.Must(new DeclineInvitation(last.Id, "出差"), People.Expert(last));
        }

        Assert.Equal(9, walk.Invitations.Count);
        Assert.Equal(walk.Invitations.Count, walk.Invitations.Select(i => i.BankNumber).Distinct().Count());
    }

    [Fact]
    public void Who_recuses_is_replaced_and_the_ground_is_kept()
    {
        walk.Must(new RecuseExpert(First.Id, RecusalGround.ActsForAParty, "代理另一方"), Expert);
        Assert.Equal((InvitationState.Recused, RecusalGround.ActsForAParty, null), (First.State, First.Ground, First.InvalidBecause));
        Assert.Equal(4, walk.Invitations.Count);
        walk.MustIgnore(new RecuseExpert(First.Id, RecusalGround.ActsForAParty, "代理另一方"), Expert);
        walk.MustRefuse("invitation.no-longer-open", new DeclineInvitation(First.Id, "无暇"), Expert);
    }

    [Fact]
    public void A_recusal_after_the_opinion_keeps_the_opinion_takes_it_from_the_count_and_seats_another()
    {
        walk.Answer(First);
        Assert.Equal(1, walk.Panel.ValidOpinions);
        walk.Must(new RecuseExpert(First.Id, RecusalGround.AdvisedBefore, "曾参与起草"), Expert);

        Assert.Equal("经审查，符合法律规定。", Assert.Single(First.Opinions).Text);
        Assert.NotNull(First.InvalidBecause);
        Assert.Equal(0, walk.Panel.ValidOpinions);
        Assert.Equal((First.Seat, InvitationState.Invited), (walk.Invitations[^1].Seat, walk.Invitations[^1].State));
    }

    [Fact]
    public void Who_does_not_answer_is_reminded_lapses_and_is_replaced()
    {
        walk.PassTo(Beijing(2014, 9, 29, 10));
        Assert.Equal(3, walk.Letters.Count(l => l.Kind == LetterKinds.ConsultationReminder));
        Assert.Equal(InvitationState.Invited, First.State);
        walk.PassTo(Beijing(2014, 9, 30, 0));

        Assert.Equal([InvitationState.Lapsed, InvitationState.Lapsed, InvitationState.Lapsed], walk.Invitations.Take(3).Select(i => i.State));
        Assert.All(walk.Invitations.Skip(3), i => Assert.Equal(InvitationState.Invited, i.State));
        Assert.Equal(6, walk.Invitations.Count);
        walk.MustRefuse("invitation.no-longer-open", new AcceptInvitation(First.Id, true), Expert);
    }

    [Fact]
    public void Who_accepted_is_not_lapsed_until_the_opinion_is_due()
    {
        walk.Must(new AcceptInvitation(First.Id, true), Expert);
        walk.PassTo(Beijing(2014, 10, 9, 23, 59));
        Assert.Equal(InvitationState.Accepted, First.State);
        walk.MustIgnore(new LapseInvitation(First.Id), Actor.System("timer"));
        walk.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal((InvitationState.Lapsed, "逾期未提交意见"), (First.State, First.Reason));
    }

    [Fact]
    public void A_reminder_goes_once_a_day_and_only_for_a_limit_that_stands()
    {
        walk.Now = Beijing(2014, 9, 29, 9);
        var remind = new RemindInvitation(First.Id, First.AnswerBy);
        walk.MustIgnore(remind with { For = new(2014, 9, 28) }, Actor.System("timer"));
        walk.Must(remind, Actor.System("timer"));
        walk.MustIgnore(remind, Actor.System("timer"));
        walk.Must(new AcceptInvitation(First.Id, true), Expert);
        walk.Now = walk.Now.AddDays(1);
        walk.MustIgnore(remind, Actor.System("timer"));
        walk.Must(remind with { For = First.Due }, Actor.System("timer"));
        walk.Must(Stage.Opinion(First), Expert);
        walk.MustIgnore(remind with { For = First.Due }, Actor.System("timer"));
    }

    [Fact]
    public void A_bounced_letter_frees_the_seat_and_a_bounce_after_the_answer_does_nothing()
    {
        walk.Must(new BounceInvitation(First.Id, "550 no such user"), Actor.System("mail"));
        Assert.Equal(InvitationState.Lapsed, First.State);
        Assert.Contains("550", First.Reason, StringComparison.Ordinal);
        Assert.Equal(4, walk.Invitations.Count);
        walk.MustIgnore(new BounceInvitation(First.Id, "550 no such user"), Actor.System("mail"));
        var second = walk.Invitations[1];
        walk.Must(new AcceptInvitation(second.Id, true), People.Expert(second));
        walk.MustIgnore(new BounceInvitation(second.Id, "550"), Actor.System("mail"));
    }

    [Fact]
    public void A_substitute_whose_term_ended_meanwhile_is_not_seated()
    {
        var transcript = ExpertPanel.Workflows.Draw.DrawTranscript.FromJson(walk.Evidence?.TranscriptJson ?? "");
        var seated = walk.Invitations.Select(i => i.BankNumber).ToHashSet();
        var alternates = transcript.Alternates.Single(a => a.Seat == First.Seat).Ids;
        var index = walk.Pool.FindIndex(p => p.Candidate.Id == alternates[0]);
        walk.Pool[index] = walk.Pool[index] with { Candidate = walk.Pool[index].Candidate with { TermTo = new(2014, 9, 25) } };
        walk.Must(new DeclineInvitation(First.Id, "出差"), Expert);

        Assert.DoesNotContain(alternates[0], seated);
        Assert.Equal(alternates[1], walk.Invitations[^1].BankNumber);
    }
}
