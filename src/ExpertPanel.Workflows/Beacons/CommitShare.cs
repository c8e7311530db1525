using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>
/// 交存随机值: one of the secretariat and one audit administrator each bind themselves to a random value of 32 bytes before either is
/// shown. Only the commitment comes here; the value stays with the person (<see cref="ShareCommitment"/>).
/// </summary>
[Called("交存随机值", "Commit a random value")]
public sealed record CommitShare(
    [Field("随机值的承诺（SHA-256）", "Commitment (SHA-256)", Most = 200, HintZh = "64 个十六进制字符", HintEn = "64 hex digits")] string Commitment) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) =>
        ShareCommitment.Read(Commitment) is { } given && matter.Panel?.Beacon?.ShareOf(actor.Id)?.Commitment == given;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel?.Beacon is not { Named.Kind: BeaconKind.TwoPerson } beacon) return Decision.Refuse("share.not-awaited", "本次抽取不使用两人随机值。");
        if (ShareCommitment.Read(Commitment) is not { } commitment) return Decision.Refuse("share.commitment", "承诺应为 64 个十六进制字符（SHA-256）。", nameof(Commitment));
        if (beacon.ShareOf(at.Actor.Id) is not null) return Decision.Refuse("share.same-person", "您已交存一份随机值，另一份须由另一人交存。");
        if (beacon.OpenSideFor(at.Actor) is not { } side) return Decision.Refuse("share.side-taken", "您所在一方已由他人交存随机值；还需要另一方（秘书处、审计管理员各一人）。");
        return Decision.Record(new ShareCommitted(new(side, at.Actor.Person, commitment, at.Now)));
    }
}

public sealed record ShareCommitted(BeaconShare Share) : MatterEvent
{
    public override Matter Apply(Matter matter) => BeaconFacts.Change(matter, b => b with { Shares = [.. b.Shares.Append(Share).OrderBy(s => s.Side)] });
}
