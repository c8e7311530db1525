using System.Buffers.Binary;
using System.Security.Cryptography;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>What invitations have in common: dates, letters, timers.</summary>
internal static class Invitations
{
    /// <summary>An id that the draw itself determines, so that a decision makes none by chance.</summary>
    public static Guid IdOf(Guid drawId, int index)
    {
        Span<byte> seed = stackalloc byte[20];
        drawId.TryWriteBytes(seed);
        BinaryPrimitives.WriteInt32BigEndian(seed[16..], index);
        return new(SHA256.HashData(seed).AsSpan(0, 16));
    }

    /// <summary>Sends a seated expert the letter: when to answer, when the opinion is due, and the timers that will ask.</summary>
    public static (Invitation Invitation, LetterDue Letter) Invite(Matter matter, Invitation seated, StepContext at)
    {
        var urgent = matter.ExpeditedBy is not null;
        var answer = at.Rules.Deadline(urgent ? "answer.urgent" : "answer", "发函");
        var opinion = at.Rules.Deadline(urgent ? "opinion.urgent" : "opinion", "发函");
        var invited = seated with
        {
            State = InvitationState.Invited,
            InvitedAt = at.Now,
            AnswerBy = DeadlineClock.Start(answer, at.Now, at.Calendar).Due,
            Due = DeadlineClock.Start(opinion, at.Now, at.Calendar).Due,
        };
        return (invited, Letters.ToExpert(LetterKinds.Consultation, invited,
            ("answerBy", invited.AnswerBy.Iso()), ("due", invited.Due.Iso()), ("questions", matter.Panel?.Questions ?? "")));
    }

    /// <summary>The questions that time will put to each open invitation, and to the round.</summary>
    public static IEnumerable<TimerDue> Timers(Matter matter, StepContext at)
    {
        if (matter.Panel is not { } panel) yield break;
        foreach (var i in panel.Invitations.Where(i => i.IsOpen))
            foreach (var timer in Timers(i, at)) yield return timer;
        if (panel is { ClosedAt: null, Due: { } due }) yield return new(ChinaTime.EndOfDay(due), new CloseRound());
    }

    public static IEnumerable<TimerDue> Timers(Invitation invitation, StepContext at)
    {
        var dayBefore = at.Calendar.PreviousWorkingDay(invitation.Due);
        if (invitation.State == InvitationState.Invited)
        {
            yield return new(ChinaTime.At(invitation.AnswerBy, 9), new RemindInvitation(invitation.Id, invitation.AnswerBy));
            yield return new(ChinaTime.EndOfDay(invitation.AnswerBy), new LapseInvitation(invitation.Id));
        }

        if (dayBefore > at.Today) yield return new(ChinaTime.At(dayBefore, 9), new RemindInvitation(invitation.Id, invitation.Due));
        yield return new(ChinaTime.EndOfDay(invitation.Due), new LapseInvitation(invitation.Id));
    }

    /// <summary>Tells every expert who has not answered finally that nothing more is asked.</summary>
    public static IEnumerable<LetterDue> Withdraw(Matter matter, string why, Func<Invitation, bool>? whom = null) =>
        (matter.Panel?.Invitations ?? []).Where(i => i.IsOpen && whom?.Invoke(i) != false).Select(i => Letters.ToExpert(LetterKinds.InvitationWithdrawn, i, ("reason", why)));

    /// <summary>The invitation that this actor may answer: the expert's own, or any for the secretariat and the system.</summary>
    public static (Invitation? Invitation, Decision? Refusal) For(Matter matter, Guid id, Actor actor)
    {
        if (matter.Panel?.Find(id) is not { } invitation || (actor.Is(Role.Expert) && invitation.ExpertId.ToString() != actor.Id))
            return (null, Decision.Refuse("invitation.not-found", "没有找到这份咨询邀请。"));
        return (invitation, null);
    }

    public static Decision NoLongerOpen(Invitation invitation) => Decision.Refuse("invitation.no-longer-open", invitation.State switch
    {
        InvitationState.Declined => "您已谢绝此次咨询，如需更改请联系秘书处。",
        InvitationState.Recused => "您已回避此次咨询。",
        InvitationState.Lapsed => "答复期限已过，本次咨询已由其他专家接替。感谢您的支持。",
        InvitationState.Withdrawn => "本次咨询已撤回，无需再答复。",
        _ => "此次咨询已结束，无需再答复。",
    });
}
