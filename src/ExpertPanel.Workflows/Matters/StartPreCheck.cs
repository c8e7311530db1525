namespace ExpertPanel.Workflows.Matters;

/// <summary>初审签收: somebody of the division takes the matter up.</summary>
[Called("签收初审", "Start the pre-check")]
public sealed record StartPreCheck : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.PreCheck?.By.Id == actor.Id;

    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new PreCheckStarted(at.Actor.Person), Leave(matter, at));
}

public sealed record PreCheckStarted(Person By) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { PreCheck = new(By, false, false, false, false, null, null) };
}

/// <summary>初审 four check points: ours? routed by the rules? format? co-signed with the units affected?</summary>
[Called("记录初审", "Record the pre-check")]
public sealed record RecordPreCheck(
    [Field("属于本机关职责范围", "Within our competence")] bool WithinCompetence,
    [Field("符合行文规则", "Routed by the rules")] bool RoutedProperly,
    [Field("格式和材料齐全", "Format and materials complete")] bool FormatComplete,
    [Field("已与涉及部门会签", "Co-signed with the units affected")] bool AffectedUnitsCosigned,
    [Field("初审说明", "Note", Kind = FieldKind.LongText, Optional = true, Most = 4000)] string? Note = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.PreCheck is { RecordedAt: not null } known
        && known == new PreCheck(actor.Person, WithinCompetence, RoutedProperly, FormatComplete, AffectedUnitsCosigned, Note, known.RecordedAt);

    public override Decision Decide(Matter matter, StepContext at) => Decision.Record(new PreCheckRecorded(
        new(at.Actor.Person, WithinCompetence, RoutedProperly, FormatComplete, AffectedUnitsCosigned, Note, at.Now)));
}

public sealed record PreCheckRecorded(PreCheck PreCheck) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { PreCheck = PreCheck };
}
