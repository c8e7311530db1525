using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>
/// 录入公布的随机值: two persons each read it for themselves. Equal entries of different persons make the beacon known; entries that differ
/// both stay on record, and each person may correct the own one.
/// </summary>
[Called("录入随机值", "Enter the beacon's value")]
public sealed record EnterBeacon(
    [Field("公布的数值", "Published value", Kind = FieldKind.LongText, Most = DrandRound.MostCharacters, HintZh = "请自己从公布处读取，按公布次序抄录；drand 请粘贴网址返回的完整 JSON", HintEn = "Read it yourself where it is published; of drand paste the whole JSON")] string Value,
    [Field("读自何处", "Read from", Most = 500, HintZh = "网址、报纸版面或公证记录", HintEn = "An address, a newspaper's page, a notary's record")] string ReadFrom) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel?.Beacon?.Value is not null;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel is not { Beacon: { Named: { Kind: not BeaconKind.TwoPerson } named } beacon } panel)
            return Decision.Refuse("beacon.not-awaited", "本次抽取不等待公布的随机值。");
        var (value, refusal) = BeaconConfirmation.Read(named, Value, ReadFrom, at.Rules.DrandChain, at.Now);
        if (value is null) return refusal is null ? Decision.Nothing : Decision.Refuse(refusal.Code, refusal.Message, refusal.Field);

        var entry = new BeaconEntry(at.Actor.Person, ReadFrom.Trim(), BeaconConfirmation.HashOf(panel.DrawId, value), at.Now);
        var same = beacon.Entries.Where(e => e.ValueHash == entry.ValueHash).ToList();
        if (same.Exists(e => e.By.Id == entry.By.Id)) return Decision.Nothing;
        return same.Count > 0
            ? Decision.Record(new BeaconEntered(entry), new BeaconKnown(value, at.Now))
            : Decision.Record(new BeaconEntered(entry));
    }
}

public sealed record BeaconEntered(BeaconEntry Entry) : MatterEvent
{
    public override Matter Apply(Matter matter) => BeaconFacts.Change(matter, b => b with { Entries = [.. b.Entries.Where(e => e.By.Id != Entry.By.Id), Entry] });
}
