using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>
/// 公开随机值: once both have committed, each shows the value that the commitment binds. The second to do so makes the beacon known:
/// the secretariat's bytes, then the auditor's. A value withheld after the other was shown is on record; then two people give the draw up.
/// </summary>
[Called("公开随机值", "Reveal the random value")]
public sealed record RevealShare(
    [Field("您的随机值", "Your random value", Most = 200, HintZh = "交存时显示给您的 64 个字符", HintEn = "The 64 characters shown to you when you committed")] string Value) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) =>
        ShareCommitment.Read(Value) is { } given && matter.Panel?.Beacon?.ShareOf(actor.Id)?.Value == given;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel is not { Beacon: { Named.Kind: BeaconKind.TwoPerson } beacon } panel) return Decision.Refuse("share.not-awaited", "本次抽取不使用两人随机值。");
        if (beacon.ShareOf(at.Actor.Id) is not { } share) return Decision.Refuse("share.not-yours", "您没有为本次抽取交存过随机值。");
        if (!beacon.BothCommitted) return Decision.Refuse("share.too-early", "对方尚未交存随机值。为保证公正，两人都交存之后才能公开。");
        if (ShareCommitment.Read(Value) is not { } value || ShareCommitment.Of(panel.DrawId, share.Side, value) != share.Commitment)
            return Decision.Refuse("share.value-differs", "与您交存的承诺不符，请核对是否为本次抽取的随机值。确已遗失的，请由两人申请、批准后重新抽取。", nameof(Value));

        var revealed = new ShareRevealed(share.Side, value, at.Now);
        var after = revealed.Apply(matter).Panel?.Beacon?.Shares.Select(s => s.Value).OfType<string>().ToList() ?? [];
        return after.Count == 2 ? Decision.Record(revealed, new BeaconKnown(string.Concat(after), at.Now)) : Decision.Record(revealed);
    }
}

public sealed record ShareRevealed(ShareSide Side, string Value, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => BeaconFacts.Change(matter, b => b with
    {
        Shares = [.. b.Shares.Select(s => s.Side == Side ? s with { Value = Value, RevealedAt = At } : s)],
    });
}

/// <summary>The value that nobody could know when the draw was frozen is there; the draw follows by itself.</summary>
public sealed record BeaconKnown(string Value, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => BeaconFacts.Change(matter, b => b with { Value = Value, KnownAt = At });
}

internal static class BeaconFacts
{
    public static Matter Change(Matter matter, Func<DrawBeacon, DrawBeacon> change) =>
        matter is { Panel: { Beacon: { } beacon } panel } ? matter with { Panel = panel with { Beacon = change(beacon) } } : matter;
}
