using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Reviews;

/// <summary>审查的三个方面：权限、程序、内容 (713号令 art. 27).</summary>
public sealed record Findings(string Competence, string Procedure, string Content, string? Questions, Person By, DateTimeOffset At);

/// <summary>The handler's working notes under the three heads.</summary>
[Called("记录审查情况", "Record findings")]
public sealed record RecordFindings(
    [Field("权限审查", "Competence", Kind = FieldKind.LongText)] string Competence,
    [Field("程序审查", "Procedure", Kind = FieldKind.LongText)] string Procedure,
    [Field("内容审查", "Content", Kind = FieldKind.LongText)] string Content,
    [Field("需专家研究的问题", "Questions for the experts", Kind = FieldKind.LongText, Optional = true, Most = 4000)] string? Questions = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) =>
        matter.Findings is { } f && f.Competence == Competence && f.Procedure == Procedure && f.Content == Content && f.Questions == Questions;

    public override Decision Decide(Matter matter, StepContext at) => !matter.IsHandledBy(at.Actor)
        ? Decision.Refuse("handler.other", $"该事项由{matter.Responsibility?.Handler.Name}承办；需要接手的，请处长改派。")
        : Decision.Record(new FindingsRecorded(new(Competence, Procedure, Content, Questions, at.Actor.Person, at.Now)));
}

public sealed record FindingsRecorded(Findings Findings) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Findings = Findings };
}
