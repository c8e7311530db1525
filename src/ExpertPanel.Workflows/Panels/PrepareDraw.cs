using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>A seat as asked for on the form.</summary>
public sealed record SeatAsked(
    [Field("所需专业", "Specialties", Kind = FieldKind.Specialties, Optional = true, HintZh = "不选则不限专业")] IReadOnlyList<string>? Specialties,
    [Field("须为咨询委员", "Committee member", Optional = true)] bool CommitteeMember);

/// <summary>准备抽取: pool, seats, rules and the hash of a secret are frozen before the beacon's value is known (CONTRACTS section 1).</summary>
[Called("准备抽取专家", "Prepare the draw")]
public sealed record PrepareDraw(
    [Field("专家席位", "Seats", HintZh = "人数应为单数，不少于规定的最低意见数")] IReadOnlyList<SeatAsked> Seats,
    [Field("请专家研究的问题", "Questions", Kind = FieldKind.LongText, Most = 4000)] string Questions) : MatterCommand, INeedsPool, INeedsScreening
{
    public override Decision Decide(Matter matter, StepContext at)
    {
        if (Seats.Count < at.Rules.MinimumOpinions)
            return Decision.Refuse("draw.too-few-seats", $"席位不能少于规定的最低意见数（{at.Rules.MinimumOpinions}）。", nameof(Seats));
        if (Seats.Count % 2 == 0) return Decision.Refuse("draw.even", "专家人数应为单数。", nameof(Seats));
        if (Seats.Count > 15) return Decision.Refuse("draw.too-many-seats", "席位最多 15 个。", nameof(Seats));
        if (DrawPool.Refuse(matter, at) is { } waiting) return waiting;

        var submission = matter.Submission;
        var reading = DrawInputComposer.Compose(
            new(matter.Number, submission.Title, submission.SponsoringUnit, [.. submission.Parties, .. submission.CoSponsors], submission.Counsel, submission.People),
            [.. Seats.Select((s, i) => new Seat($"s{i + 1}", s.Specialties ?? [], s.CommitteeMember))],
            new(at.Rules.MaxPerEmployer, at.Rules.MaxOpenReviews, at.Rules.Tickets),
            at.Now.ToOffset(Deadlines.ChinaTime.Offset), DrawPool.Of(matter, at, Seats.Count), at.Randomness);
        if (reading.Input is not { } input)
            return Decision.Refuse("draw.input", $"抽取条件不完整：{string.Join("；", reading.Problems.Take(3))}");
        var commitment = DrawEngine.Commit(input);
        return Decision.Record(
                new DrawPrepared(at.NewId, commitment.InputHash, commitment.SecretHash, input.Seats, Questions, at.Pool.Count, at.Actor.Person, at.Now),
                Leave(matter, at))
            .Keep(new(at.NewId, input.Raw.GetRawText(), commitment.InputHash, commitment.SecretHash, null));
    }
}

public sealed record DrawPrepared(
    Guid DrawId, string InputHash, string SecretHash, IReadOnlyList<Seat> Seats, string Questions, int PoolSize, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Panel = new() { DrawId = DrawId, InputHash = InputHash, SecretHash = SecretHash, Seats = Seats, Questions = Questions, PreparedBy = By },
    };
}
