namespace ExpertPanel.Workflows.Matters;

/// <summary>督办: a coloured slip with a duty and a day to reply.</summary>
[Called("督办", "Supervise")]
public sealed record SuperviseMatter(
    [Field("督办单颜色", "Slip", Kind = FieldKind.Choice)] SlipColour Colour,
    [Field("督办要求", "Duty", Kind = FieldKind.LongText, Most = 2000)] string Duty,
    [Field("回复期限", "Reply by")] DateOnly ReplyBy) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) =>
        matter.Slips.Any(s => s.RepliedAt is null && s.Colour == Colour && s.Duty == Duty && s.ReplyBy == ReplyBy);

    public override Decision Decide(Matter matter, StepContext at) => ReplyBy < at.Today
        ? Decision.Refuse("slip.reply-by-past", "回复期限不能早于今天。", nameof(ReplyBy))
        : Decision.Record(new MatterSupervised(new(at.NewId, Colour, Duty, ReplyBy, at.Actor.Person, at.Now, null, null)));
}

public sealed record MatterSupervised(SupervisionSlip Slip) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Slips = [.. matter.Slips, Slip] };
}

/// <summary>督办回复: answers every open slip of the matter.</summary>
[Called("回复督办", "Reply to supervision")]
public sealed record ReplyToSupervision(
    [Field("办理情况", "Reply", Kind = FieldKind.LongText, Most = 4000)] string Reply) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Slips.Count > 0 && matter.Slips.All(s => s.RepliedAt is not null);

    public override Decision Decide(Matter matter, StepContext at) => matter.Slips.Count == 0
        ? Decision.Refuse("slip.none", "该事项没有待回复的督办单。")
        : Decision.Record(new SupervisionReplied(Reply, at.Now));
}

public sealed record SupervisionReplied(string Reply, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) =>
        matter with { Slips = [.. matter.Slips.Select(s => s.RepliedAt is null ? s with { Reply = Reply, RepliedAt = At } : s)] };
}
