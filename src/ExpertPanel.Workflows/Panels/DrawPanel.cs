using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>抽取: the beacon's value, unknown when the input was frozen, completes the seed; anyone can replay it.</summary>
[Called("抽取专家", "Draw the panel")]
public sealed record DrawPanel(
    [Field("随机源", "Beacon source", Most = 200, HintZh = "例如公开的彩票开奖、公证或两人现场掷骰")] string BeaconSource,
    [Field("期号", "Round", Most = 100)] string BeaconRound,
    [Field("随机值（十六进制）", "Value (hex)", Most = 512, HintZh = "偶数个 0-9、a-f 字符，冻结之后才产生")] string BeaconValue) : MatterCommand, INeedsDraw, INeedsPool
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel is { Invitations.Count: > 0 };

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel is not { } panel || at.Draw is not { } evidence) return Decision.Refuse("draw.not-prepared", "请先“准备抽取专家”。");
        if (DrawInputReader.ReadBeforeBeacon(evidence.InputJson).Input is not { } frozen) return EvidenceChanged();
        var reading = DrawInputComposer.WithBeacon(frozen, new(BeaconSource.Trim(), BeaconRound.Trim(), BeaconValue.Trim().ToLowerInvariant()));
        if (reading.Input is not { } input)
            return Decision.Refuse("draw.beacon", "随机值应为偶数个十六进制字符（0-9、a-f）。", nameof(BeaconValue));
        var transcript = DrawEngine.Run(input);
        if (transcript.InputHash != panel.InputHash || transcript.SecretHash != panel.SecretHash) return EvidenceChanged();
        if (transcript.Outcome != DrawTranscript.Drawn)
            return Decision.Refuse("draw.infeasible",
                $"现有人才库不能满足席位 {string.Join("、", transcript.Blocking ?? [])}：请返回放宽专业要求、减少席位，或向上级人才库借用专家。");

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
    public override Matter Apply(Matter matter) => matter with { Panel = matter.Panel is { } panel ? panel with { Seed = Seed, Invitations = Invitations } : null };
}

/// <summary>重设席位: a prepared draw is given up before it is drawn, with a reason; its evidence stays on record.</summary>
[Called("重设席位", "Give up the prepared draw")]
public sealed record CancelDraw(
    [Field("原因", "Reason", Most = 1000)] string Reason) : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new DrawCancelled(Reason, at.Actor.Person, at.Now), Leave(matter, at));
}

public sealed record DrawCancelled(string Reason, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Panel = null };
}
