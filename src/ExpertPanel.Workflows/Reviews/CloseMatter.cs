using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Reviews;

/// <summary>办结. An open supervision slip must be answered first.</summary>
[Called("办结", "Close")]
public sealed record CloseMatter(
    [Field("办结说明", "Note", Optional = true, Most = 2000)] string? Note = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.ClosedAt is not null;

    public override Decision Decide(Matter matter, StepContext at) => matter.Slips.Any(s => s.RepliedAt is null)
        ? Decision.Refuse("close.slip-open", "还有未回复的督办单，请先“回复督办”。")
        : Decision.Record(new MatterClosed(Note, at.Actor.Person, at.Now), Leave(matter, at));
}

public sealed record MatterClosed(string? Note, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { ClosedAt = At };
}

/// <summary>归档 (713号令 art. 33; 档案法 art. 37). After this the matter is locked; a correction is a new document.</summary>
[Called("归档", "Archive")]
public sealed record ArchiveMatter(
    [Field("保管期限", "Retention", Kind = FieldKind.Choice)] RetentionTerm Term) : MatterCommand, INeedsNumber
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Archive is not null;

    public (string Code, int Year) Series(Matter? matter, StepContext at) => ("档", ChinaTime.LocalDate(at.Now).Year);

    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new MatterArchived(new($"{at.Rules.Text("office.code")}-{at.Today.Year}-D{at.NextSerial:0000}", Term, at.Actor.Person, at.Now)), Leave(matter, at));
}

public sealed record MatterArchived(Archiving Archive) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Archive = Archive };
}
