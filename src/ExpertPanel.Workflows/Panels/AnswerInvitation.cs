using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using static ExpertPanel.Workflows.Panels.InvitationState;

namespace ExpertPanel.Workflows.Panels;

/// <summary>
/// 接受邀请, with the secrecy pledge and the declaration that no ground of recusal exists (713号令 arts. 19, 20). The card is checked again:
/// where a conflict is certain by now, the expert is recused in this step whatever was declared.
/// </summary>
[Called("接受咨询", "Accept the invitation")]
public sealed record AcceptInvitation(
    Guid InvitationId,
    [Field("承诺保密并声明无回避情形", "I keep it secret and have no ground of recusal")] bool Pledge) : MatterCommand, INeedsScreening
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel?.Find(InvitationId) is { State: Accepted or Submitted };

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (Invitations.For(matter, InvitationId, at.Actor) is not ({ } invitation, _)) return Decision.Refuse("invitation.not-found", "没有找到这份咨询邀请。");
        if (!invitation.IsOpen) return Invitations.NoLongerOpen(invitation);
        if (at.Now >= ChinaTime.EndOfDay(invitation.AnswerBy)) return Decision.Refuse("invitation.past-due", "答复期限已过，请联系秘书处。");
        if (!Pledge) return Decision.Refuse("invitation.pledge", "接受前请确认保密承诺和无回避情形声明。", nameof(Pledge));
        return Recheck.Bar(matter, invitation.BankNumber, at) is { } bar
            ? Recheck.Recuse(invitation, bar, at)
            : Decision.Record([new InvitationAccepted(InvitationId, at.Now), .. Recheck.News(matter, invitation.BankNumber, at)]);
    }
}

public sealed record InvitationAccepted(Guid InvitationId, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => InvitationFacts.Change(matter, InvitationId, i => i with { State = Accepted, AnsweredAt = At });
}

/// <summary>谢绝 with reason. The next in the same order is asked within the same step.</summary>
[Called("谢绝咨询", "Decline the invitation")]
public sealed record DeclineInvitation(
    Guid InvitationId,
    [Field("谢绝原因", "Reason", Kind = FieldKind.LongText, Most = 1000)] string Reason) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel?.Find(InvitationId)?.State == Declined;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (Invitations.For(matter, InvitationId, at.Actor) is not ({ } invitation, _)) return Decision.Refuse("invitation.not-found", "没有找到这份咨询邀请。");
        return invitation.IsOpen ? Decision.Record(new InvitationDeclined(InvitationId, Reason, at.Now)) : Invitations.NoLongerOpen(invitation);
    }
}

public sealed record InvitationDeclined(Guid InvitationId, string Reason, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => InvitationFacts.Change(matter, InvitationId, i => i with { State = Declined, AnsweredAt = At, Reason = Reason });
}

/// <summary>专家回避, before or after the opinion. An opinion already given stays on record, marked invalid; the quorum is counted anew.</summary>
[Called("专家回避", "Recuse the expert")]
public sealed record RecuseExpert(
    Guid InvitationId,
    [Field("回避情形", "Ground", Kind = FieldKind.Choice)] RecusalGround Ground,
    [Field("说明", "Explanation", Kind = FieldKind.LongText, Optional = true, Most = 2000)] string? Reason = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel?.Find(InvitationId)?.State == Recused;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (Invitations.For(matter, InvitationId, at.Actor) is not ({ } invitation, _)) return Decision.Refuse("invitation.not-found", "没有找到这份咨询邀请。");
        return invitation.IsOpen || invitation.State == Submitted
            ? Decision.Record(new ExpertRecused(InvitationId, Ground, Reason, invitation.State == Submitted, at.Now))
            : Invitations.NoLongerOpen(invitation);
    }
}

public sealed record ExpertRecused(Guid InvitationId, RecusalGround Ground, string? Reason, bool AfterOpinion, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => InvitationFacts.Change(matter, InvitationId, i => i with
    {
        State = Recused,
        Ground = Ground,
        Reason = Reason,
        AnsweredAt = i.AnsweredAt ?? At,
        InvalidBecause = AfterOpinion ? $"专家回避：{Ground}" : null,
    });
}

/// <summary>Asked by a timer at the end of the answer period and of the due day; state answers.</summary>
[Called("邀请逾期", "Lapse the invitation")]
public sealed record LapseInvitation(Guid InvitationId) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel?.Find(InvitationId) is not { IsOpen: true };

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel?.Find(InvitationId) is not { IsOpen: true } invitation) return Decision.Nothing;
        var unanswered = invitation.State == Invited && at.Now >= ChinaTime.EndOfDay(invitation.AnswerBy);
        var overdue = at.Now >= ChinaTime.EndOfDay(invitation.Due);
        return unanswered || overdue
            ? Decision.Record(new InvitationLapsed(InvitationId, unanswered ? "逾期未答复" : "逾期未提交意见", at.Now))
                .Send(Letters.ToExpert(LetterKinds.InvitationWithdrawn, invitation, ("reason", "答复期限已过，已另请专家")))
            : Decision.Nothing;
    }
}

public sealed record InvitationLapsed(Guid InvitationId, string Reason, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => InvitationFacts.Change(matter, InvitationId, i => i with { State = Lapsed, Reason = Reason });
}

/// <summary>The registered address does not take mail: the seat falls vacant and the next in the order is asked (退信).</summary>
[Called("邀请退信", "Record a bounced invitation")]
public sealed record BounceInvitation(Guid InvitationId, [Field("退信原因", "What the mail server said", Most = 1000)] string Reason) : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at) =>
        matter.Panel?.Find(InvitationId) is { State: Invited }
            ? Decision.Record(new InvitationLapsed(InvitationId, $"退信：{Reason}", at.Now))
            : Decision.Nothing;
}

internal static class InvitationFacts
{
    public static Matter Change(Matter matter, Guid id, Func<Invitation, Invitation> change) =>
        matter with { Panel = matter.Panel is { } panel && panel.Find(id) is { } invitation ? panel.With(change(invitation)) : matter.Panel };
}
