using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using static ExpertPanel.Workflows.Panels.InvitationState;

namespace ExpertPanel.Workflows.Panels;

/// <summary>提交意见, by web, mail or paper. Submitting again before the round closes is an amendment: a new version beside the old.</summary>
[Called("提交专家意见", "Submit an opinion")]
public sealed record SubmitOpinion(
    Guid InvitationId,
    [Field("总体意见", "Stand", Kind = FieldKind.Choice)] OpinionStand Stand,
    [Field("意见和理由", "Opinion and grounds", Kind = FieldKind.LongText, Most = 50_000)] string Text,
    [Field("修改建议", "Suggestions", Kind = FieldKind.LongText, Optional = true)] string? Suggestions,
    [Field("作为不同意见记录", "Record as a dissent")] bool Dissent,
    [Field("提交方式", "Channel", Kind = FieldKind.Choice)] OpinionChannel Channel,
    IReadOnlyList<OpinionFile>? Files = null,
    string? Evidence = null,
    string? RestoredBecause = null,
    DateTimeOffset? ConfirmedAt = null) : MatterCommand, INeedsScreening
{
    public override bool AlreadyDone(Matter matter, Actor actor) =>
        matter.Panel?.Find(InvitationId) is { State: Submitted, Opinions: [.., var last] }
        && last.Stand == Stand && last.Text == Text && last.Suggestions == Suggestions && last.Dissent == Dissent
        && last.Files.Select(f => f.Sha256).SequenceEqual((Files ?? []).Select(f => f.Sha256));

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel is not { } panel || Invitations.For(matter, InvitationId, at.Actor) is not ({ } invitation, _))
            return Decision.Refuse("invitation.not-found", "没有找到这份咨询邀请。");
        if (panel.ClosedAt is not null) return Decision.Refuse("opinion.round-closed", "本轮咨询已截止，不能再提交或修改意见。请联系秘书处。");
        if (!invitation.IsOpen && invitation.State != Submitted) return Invitations.NoLongerOpen(invitation);
        if (at.Now >= ChinaTime.EndOfDay(invitation.Due)) return Decision.Refuse("opinion.past-due", "意见提交期限已过，请联系秘书处。");
        var opinion = new LegalOpinion(invitation.Opinions.Count + 1, Stand, Text, Suggestions, Dissent, Files ?? [], Channel, at.Now, Evidence, RestoredBecause, ConfirmedAt);
        var submitted = new OpinionSubmitted(InvitationId, opinion);
        // Whom a conflict bars by now leaves the panel; the opinion stays on record, marked invalid, and the quorum is counted without it.
        var decision = Recheck.Bar(matter, invitation.BankNumber, at) is { } bar
            ? Recheck.Recuse(invitation with { Opinions = [.. invitation.Opinions, opinion] }, bar, at, submitted)
            : Decision.Record([submitted, .. Recheck.News(matter, invitation.BankNumber, at)]);
        // When all are in, the round stays open a while longer so that an opinion can still be amended.
        var after = matter.Apply(decision.Events).Panel;
        return after is { AllAnswered: true } ? decision.Ask(new TimerDue(at.Now.AddHours(at.Rules.RoundGraceHours), new CloseRound())) : decision;
    }
}

public sealed record OpinionSubmitted(Guid InvitationId, LegalOpinion Opinion) : MatterEvent
{
    public override Matter Apply(Matter matter) => InvitationFacts.Change(matter, InvitationId, i => i with
    {
        State = Submitted,
        AnsweredAt = i.AnsweredAt ?? Opinion.At,
        Opinions = [.. i.Opinions, Opinion],
    });
}
