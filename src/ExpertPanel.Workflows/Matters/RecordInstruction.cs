namespace ExpertPanel.Workflows.Matters;

/// <summary>批示; a verbal instruction entered later keeps both dates (补录).</summary>
[Called("记录批示", "Record an instruction")]
public sealed record RecordInstruction(
    [Field("批示人", "By", Most = 60)] string By,
    [Field("批示内容", "Instruction", Kind = FieldKind.LongText, Most = 4000)] string Text,
    [Field("批示日期", "Given on")] DateOnly OccurredOn) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Instructions.Any(i => i.By == By && i.Text == Text && i.OccurredOn == OccurredOn);

    public override Decision Decide(Matter matter, StepContext at) => OccurredOn > at.Today
        ? Decision.Refuse("instruction.in-future", "批示日期不能晚于今天。", nameof(OccurredOn))
        : Decision.Record(new InstructionRecorded(new(By, Text, OccurredOn, at.Now, at.Actor.Person)));
}

public sealed record InstructionRecorded(Instruction Instruction) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Instructions = [.. matter.Instructions, Instruction] };
}

/// <summary>The file's bytes are stored first, under their hash; the matter keeps what they are. A new version stands beside the old one.</summary>
[Called("添加材料", "Attach a file")]
public sealed record AttachFile(
    Guid FileId, [Field("材料种类", "Kind", Kind = FieldKind.Choice)] FileKind Kind, string FileName, string MediaType, long Size, string Sha256) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Files.Any(f => f.Id == FileId || (f.Sha256 == Sha256 && f.Kind == Kind && f.Name == FileName));

    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new FileAttached(new(FileId, Kind, FileName, MediaType, Size, Sha256, at.Now, at.Actor.Person)));
}

public sealed record FileAttached(MatterFile File) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Files = [.. matter.Files, File] };
}

/// <summary>Whether the matter's contents may travel by mail (保密法 art. 64; off for a work secret until decided).</summary>
[Called("设定邮件传送", "Allow contents by mail")]
public sealed record SetMailAllowed(
    [Field("内容可用邮件传送", "Contents may travel by mail")] bool Allowed,
    [Field("理由", "Reason", Most = 1000)] string Reason) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.MailAllowed == Allowed;

    public override Decision Decide(Matter matter, StepContext at) => Decision.Record(new MailAllowedSet(Allowed, Reason, at.Actor.Person));
}

public sealed record MailAllowedSet(bool Allowed, string Reason, Person By) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { MailAllowed = Allowed };
}

/// <summary>A calendar changed after the limits were computed: computed anew, the old day and calendar kept with the deadline.</summary>
[Called("重算时限", "Recompute deadlines")]
public sealed record RecomputeDeadlines : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at)
    {
        var review = matter.ReviewDeadline is { } r ? Deadlines.DeadlineClock.Recompute(r, at.Calendar, at.Now) : null;
        var stage = matter.StageDeadline is { } s ? Deadlines.DeadlineClock.Recompute(s, at.Calendar, at.Now) : null;
        if (review == matter.ReviewDeadline && stage == matter.StageDeadline) return Decision.Nothing;
        return Decision.Record(new DeadlinesRecomputed(review, stage)).Ask(
        [
            .. review is null || review == matter.ReviewDeadline ? [] : Warnings.For(matter, review, ofReview: true, at),
            .. stage is null || stage == matter.StageDeadline ? [] : Warnings.For(matter, stage, ofReview: false, at),
        ]);
    }
}

public sealed record DeadlinesRecomputed(Deadlines.Deadline? Review, Deadlines.Deadline? Stage) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { ReviewDeadline = Review, StageDeadline = Stage };
}
