using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>A seat as asked for on the form.</summary>
public sealed record SeatAsked(
    [Field("所需专业", "Specialties", Kind = FieldKind.Specialties, Optional = true, HintZh = "不选则不限专业")] IReadOnlyList<string>? Specialties,
    [Field("须为咨询委员", "Committee member", Optional = true)] bool CommitteeMember);

/// <summary>
/// 准备抽取: pool, seats, rules, the name of the beacon and the hash of a secret are frozen before the beacon's value is known
/// (CONTRACTS section 1). Seats that can't be filled together are refused here, where nothing is lost yet.
/// </summary>
[Called("准备抽取专家", "Prepare the draw")]
public sealed record PrepareDraw(
    [Field("专家席位", "Seats", HintZh = "人数应为单数，不少于规定的最低意见数")] IReadOnlyList<SeatAsked> Seats,
    [Field("请专家研究的问题", "Questions", Kind = FieldKind.LongText, Most = 4000)] string Questions,
    [Field("随机源", "Beacon", Kind = FieldKind.Choice, Optional = true, HintZh = "不选则按本委员会规则", HintEn = "The committee's rule where none is chosen")] BeaconKind? Beacon = null,
    [Field("公布单位和名称", "Published by", Optional = true, Most = 200, HintZh = "公开开奖时填写，例如：中国福利彩票 双色球", HintEn = "For a public lottery")] string? BeaconSource = null,
    [Field("期号", "Round", Optional = true, Most = 100, HintZh = "公开开奖时填写，须尚未开奖", HintEn = "For a public lottery; not drawn yet")] string? BeaconRound = null,
    [Field("公布时间", "Published at", Optional = true, HintZh = "公开开奖时填写", HintEn = "For a public lottery")] DateTimeOffset? BeaconKnownFrom = null) : MatterCommand, INeedsPool, INeedsScreening
{
    public override Decision Decide(Matter matter, StepContext at)
    {
        if (Seats.Count < at.Rules.MinimumOpinions)
            return Decision.Refuse("draw.too-few-seats", $"席位不能少于规定的最低意见数（{at.Rules.MinimumOpinions}）。", nameof(Seats));
        if (Seats.Count % 2 == 0) return Decision.Refuse("draw.even", "专家人数应为单数。", nameof(Seats));
        if (Seats.Count > 15) return Decision.Refuse("draw.too-many-seats", "席位最多 15 个。", nameof(Seats));
        if (Named(at) is not { } named) return Decision.Refuse("draw.beacon-kind", "本委员会的规则不采用这种随机源。", nameof(Beacon));
        if (named.CheckAt(at.Now) is { } refusal) return Decision.Refuse(refusal.Code, refusal.Message, nameof(BeaconRound));

        var screening = new MatterScreening(matter, at);
        if (DrawPool.Refuse(screening, at) is { } waiting) return waiting;

        var reading = Compose(matter, at, screening, named);
        if (reading.Input is not { } input)
            return Decision.Refuse("draw.input", $"抽取条件不完整：{string.Join("；", reading.Problems.Take(3))}");
        if (Infeasibility.Of(input) is { } why) return Unfillable.Refuse(why, nameof(Seats));
        var commitment = DrawEngine.Commit(input);
        return Decision.Record(
                new DrawPrepared(at.NewId, commitment.InputHash, commitment.SecretHash, input.Seats, Questions, at.Pool.Count, named, at.Actor.Person, at.Now),
                Leave(matter, at))
            .Keep(new(at.NewId, input.Raw.GetRawText(), commitment.InputHash, commitment.SecretHash, null));
    }

    /// <summary>The conditions as they would be frozen now; a preview is run from the same.</summary>
    public DrawInputReading Compose(Matter matter, StepContext at, NamedBeacon? named = null) => Compose(matter, at, new(matter, at), named);

    private DrawInputReading Compose(Matter matter, StepContext at, MatterScreening screening, NamedBeacon? named)
    {
        var submission = matter.Submission;
        return DrawInputComposer.Compose(
            new(matter.Number, submission.Title, submission.SponsoringUnit, [.. submission.Parties, .. submission.CoSponsors], submission.Counsel, submission.People),
            [.. Seats.Select((s, i) => new Seat($"s{i + 1}", s.Specialties ?? [], s.CommitteeMember))],
            new(SeatRules.MaxPerEmployer(Seats.Count, at.Rules), at.Rules.MaxOpenReviews, at.Rules.Tickets),
            at.Now.ToOffset(Deadlines.ChinaTime.Offset), DrawPool.Of(screening, at, Seats.Count), at.Randomness, named);
    }

    private NamedBeacon? Named(StepContext at) => (Beacon ?? at.Rules.Beacons[0]) switch
    {
        var kind when !at.Rules.Beacons.Contains(kind) => null,
        BeaconKind.TwoPerson => NamedBeacon.OfTwoPersons(at.NewId),
        BeaconKind.Drand => at.Rules.DrandChain?.NameAfter(at.Now, at.Rules.DrandMargin),
        var kind => new(kind, BeaconSource?.Trim() ?? "", BeaconRound?.Trim() ?? "", BeaconKnownFrom),
    };
}

public sealed record DrawPrepared(
    Guid DrawId, string InputHash, string SecretHash, IReadOnlyList<Seat> Seats, string Questions, int PoolSize, NamedBeacon Beacon, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Panel = new()
        {
            DrawId = DrawId, InputHash = InputHash, SecretHash = SecretHash, Seats = Seats, Questions = Questions, PreparedBy = By, PreparedAt = At, PoolSize = PoolSize,
            Beacon = new(Beacon),
        },
    };
}

/// <summary>Seats that can't be filled together, and what can be done about it.</summary>
internal static class Unfillable
{
    public static Decision Refuse(Infeasibility why, string? field = null) => Decision.Refuse(
        "draw.infeasible",
        $"席位 {string.Join("、", why.Seats)} 合起来无法配齐：符合条件的专家只有 {why.Experts} 人，来自 {why.Employers} 个单位，同一单位最多 {why.MaxPerEmployer} 人。"
            + "可以放宽这些席位的专业要求、减少席位，或向上级人才库借用专家。",
        field);
}
