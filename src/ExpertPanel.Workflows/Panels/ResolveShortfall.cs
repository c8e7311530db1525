using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

public enum ShortfallChoice
{
    /// <summary>延长：已邀请而未提交的专家再给一个期限</summary>
    Extend,
    /// <summary>替换：按抽取顺序递补</summary>
    Replace,
    /// <summary>召开论证会</summary>
    Meeting,
    /// <summary>记录理由后继续</summary>
    Proceed,
}

/// <summary>意见不足的处理, approved by the division head: extend, replace, hold a meeting, or go on with a recorded reason.</summary>
[Called("意见不足的处理", "Resolve too few opinions"), Outcomes("extend", "replace", "meeting", "proceed")]
public sealed record ResolveShortfall(
    [Field("处理方式", "Choice", Kind = FieldKind.Choice)] ShortfallChoice Choice,
    [Field("理由", "Reason", Kind = FieldKind.LongText, Most = 2000)] string Reason) : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel is not { } panel) return Decision.Refuse("shortfall.no-panel", "本事项没有专家组。");
        var resolved = new ShortfallResolved(Choice, Reason, at.Actor.Person, at.Now);
        var leave = Leave(matter, at, Choice.ToString().ToLowerInvariant());
        if (Choice != ShortfallChoice.Extend) return Decision.Record(resolved, leave);

        // A seat whose substitute has given an opinion is taken: who lapsed there isn't asked again.
        var taken = panel.Invitations.Where(i => i.Counted is not null).Select(i => i.Seat).ToHashSet();
        var late = panel.Invitations.Where(i => i.State is InvitationState.Lapsed or InvitationState.Withdrawn && !taken.Contains(i.Seat))
            .GroupBy(i => i.Seat).Select(g => g.Last()).ToList();
        if (late.Count == 0) return Decision.Refuse("shortfall.nobody-to-extend", "没有可以延长期限的专家，请选择递补、论证会或说明理由继续。", nameof(Choice));
        var due = DeadlineClock.Start(at.Rules.Deadline("opinion.extended", "延长"), at.Now, at.Calendar).Due;
        var reopened = late.Select(i => i with { State = InvitationState.Invited, Due = due, AnswerBy = due, Reason = null }).ToList();
        return Decision.Record([resolved, .. reopened.Select(i => new ExpertInvited(i)), leave])
            .Send([.. reopened.Select(i => Letters.ToExpert(LetterKinds.RoundExtended, i, ("due", due.Iso())))])
            .Ask([.. reopened.SelectMany(i => Invitations.Timers(i, at)), new(ChinaTime.EndOfDay(due), new CloseRound())]);
    }
}

public sealed record ShortfallResolved(ShortfallChoice Choice, string Reason, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Panel = matter.Panel is { } p
            ? p with { ShortfallReason = Reason, ClosedAt = Choice == ShortfallChoice.Replace ? null : p.ClosedAt, VacantSeats = Choice == ShortfallChoice.Replace ? [] : p.VacantSeats }
            : null,
    };
}

/// <summary>认定意见无效, after the round closed: the opinion stays on record, the quorum is counted anew (DOMAIN I.9).</summary>
[Called("认定意见无效", "Strike an opinion"), Outcomes(Routes.RouteStep.Done, "short")]
public sealed record StrikeOpinion(
    [Field("邀请", "Invitation", Kind = FieldKind.Hidden)] Guid InvitationId,
    [Field("回避情形", "Ground", Kind = FieldKind.Choice)] RecusalGround Ground,
    [Field("理由", "Reason", Kind = FieldKind.LongText, Most = 2000)] string Reason) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel?.Find(InvitationId)?.InvalidBecause is not null;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel is not { } panel || panel.Find(InvitationId) is not { Counted: not null }) return Decision.Refuse("opinion.not-counted", "没有这份计入的意见。");
        var left = panel.ValidOpinions - 1;
        return Decision.Record(
            new ExpertRecused(InvitationId, Ground, Reason, AfterOpinion: true, at.Now),
            Leave(matter, at, left >= at.Rules.MinimumOpinions ? Routes.RouteStep.Done : "short"));
    }
}
