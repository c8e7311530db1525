using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>
/// 发函: follows by itself after the draw. Only who was drawn is invited; whom a conflict bars by now is recused instead, and the next in the
/// order follows in the same step.
/// </summary>
[Called("发咨询函", "Invite the experts")]
public sealed record InviteExperts : MatterCommand, INeedsScreening
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel is { Invitations.Count: > 0 } p && p.Invitations.All(i => i.State != InvitationState.Seated);

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel is not { Seed: not null } panel) return Decision.Refuse("invite.not-drawn", "尚未抽取专家，不能发函。");
        var checkedNow = panel.Invitations.Where(i => i.State == InvitationState.Seated).Select(i => (Seated: i, Bar: Recheck.Bar(matter, i.BankNumber, at))).ToList();
        var barred = checkedNow.Where(c => c.Bar is not null).Select(c => Recheck.Recused(c.Seated, c.Bar!, given: false, at)); // just asked
        var sent = checkedNow.Where(c => c.Bar is null).Select(c => Invitations.Invite(matter, c.Seated, at)).ToList();
        var news = sent.SelectMany(s => Recheck.News(matter, s.Invitation.BankNumber, at));
        var decision = Decision.Record([.. barred, .. sent.Select(s => new ExpertInvited(s.Invitation)), .. news, Leave(matter, at)]).Send([.. sent.Select(s => s.Letter)]);
        return sent.Count == 0
            ? decision
            : decision.Ask([.. sent.SelectMany(s => Invitations.Timers(s.Invitation, at)), new(Deadlines.ChinaTime.EndOfDay(sent.Max(s => s.Invitation.Due)), new CloseRound())]);
    }
}

public sealed record ExpertInvited(Invitation Invitation) : MatterEvent
{
    public override Matter Apply(Matter matter)
    {
        if (matter.Panel is not { } panel) return matter;
        var known = panel.Find(Invitation.Id) is null ? panel with { Invitations = [.. panel.Invitations, Invitation] } : panel.With(Invitation);
        return matter with { Panel = known with { Due = known.Due is { } due && due > Invitation.Due ? due : Invitation.Due, ClosedAt = null } };
    }
}

/// <summary>催办专家: asked by a timer, once for each limit.</summary>
[Called("提醒专家", "Remind an expert")]
public sealed record RemindInvitation(Guid InvitationId, DateOnly For) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel?.Find(InvitationId) is not { IsOpen: true };

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel?.Find(InvitationId) is not { IsOpen: true } invitation) return Decision.Nothing;
        if (For != invitation.Due && (For != invitation.AnswerBy || invitation.State == InvitationState.Accepted)) return Decision.Nothing;
        if (invitation.RemindedAt is { } last && Deadlines.ChinaTime.LocalDate(last) == at.Today) return Decision.Nothing;
        return Decision.Record(new ExpertReminded(InvitationId, at.Now))
            .Send(Letters.ToExpert(LetterKinds.ConsultationReminder, invitation, ("due", For.Iso())));
    }
}

public sealed record ExpertReminded(Guid InvitationId, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) =>
        matter with { Panel = matter.Panel is { } p && p.Find(InvitationId) is { } i ? p.With(i with { RemindedAt = At }) : matter.Panel };
}
