using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>
/// 抽取: follows by itself once the beacon is known, which nobody could when the input was frozen. It takes nothing from a person; anyone
/// can replay it.
/// </summary>
[Called("抽取专家", "Draw the panel")]
public sealed record DrawPanel : MatterCommand, INeedsDraw, INeedsPool
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel?.Seed is not null;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel is not { } panel || at.Draw is not { } evidence) return Decision.Refuse("draw.not-prepared", "请先“准备抽取专家”。");
        if (panel.Beacon is null) return Decision.Refuse("draw.no-beacon", "本次抽取在程序更新之前准备，没有指定随机源，不能再抽取。请“重设席位”后重新准备；原有记录留存。");
        if (panel.Beacon is not { Value: { } value, Named: var named }) return Decision.Refuse("draw.beacon-awaited", "随机值尚未产生；产生之后自动抽取，无需人工操作。");
        if (DrawInputComposer.WithBeacon(evidence.InputJson, new(named.Source, named.Round, value)).Input is not { } input) return EvidenceChanged();
        var transcript = DrawEngine.Run(input);
        if (transcript.InputHash != panel.InputHash || transcript.SecretHash != panel.SecretHash) return EvidenceChanged();
        if (Infeasibility.Of(transcript) is { } why) return Unfillable.Refuse(why);

        var experts = at.Pool.ToDictionary(p => p.Candidate.Id);
        var names = input.Pool.ToDictionary(c => c.Id, c => c.Name);
        var invitations = transcript.Panel.Select((p, i) => new Invitation
        {
            Id = Invitations.IdOf(panel.DrawId, i),
            Seat = p.Seat,
            ExpertId = experts.TryGetValue(p.Id, out var member) ? member.ExpertId : Guid.Empty,
            BankNumber = p.Id,
            ExpertName = names[p.Id],
            State = InvitationState.Seated,
        }).ToList();
        return Decision.Record(new PanelDrawn(panel.DrawId, transcript.Seed, invitations, transcript.ThinSeats, at.Actor.Person, at.Now), Leave(matter, at))
            .Keep(evidence with { TranscriptJson = transcript.ToJson() });
    }

    private static Decision EvidenceChanged() =>
        Decision.Refuse("draw.evidence-changed", "冻结的抽取条件与记录的哈希不符，已停止抽取。请报告审计管理员核查。");
}

public sealed record PanelDrawn(Guid DrawId, string Seed, IReadOnlyList<Invitation> Invitations, IReadOnlyList<string> ThinSeats, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) =>
        matter with { Panel = matter.Panel is { } panel ? panel with { Seed = Seed, Invitations = Invitations, ThinSeats = ThinSeats, DrawnAt = At } : null };
}
