using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Reviews;

/// <summary>征求意见. It never counts as review (713号令 art. 25), and silence is not agreement unless a rule says so.</summary>
public sealed record UnitConsultation(Guid Id, string Unit, string Question, DateTimeOffset AskedAt, DateOnly Due, string? Reply, bool? Agrees, DateTimeOffset? RepliedAt);

/// <summary>A letter to another unit.</summary>
[Called("征求意见", "Consult a unit")]
public sealed record ConsultUnits(
    [Field("征求单位", "Unit", Most = 200)] string Unit,
    [Field("单位邮箱", "Unit's mail address", Kind = FieldKind.Email, Optional = true, Most = 254)] string? Address,
    [Field("征求的问题", "Question", Kind = FieldKind.LongText, Most = 4000)] string Question) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Consultations.Any(c => c.Unit == Unit && c.Question == Question);

    public override Decision Decide(Matter matter, StepContext at)
    {
        var due = DeadlineClock.Start(at.Rules.Deadline("consultation", "征求意见"), at.Now, at.Calendar).Due;
        var asked = Decision.Record(new UnitConsulted(new(at.NewId, Unit, Question, at.Now, due, null, null, null)));
        return string.IsNullOrWhiteSpace(Address)
            ? asked
            : asked.Send(new LetterDue(LetterKinds.UnitConsultation, new(Unit, Address: Address.Trim()),
                new Dictionary<string, string> { ["question"] = Question, ["due"] = due.Iso() }));
    }
}

public sealed record UnitConsulted(UnitConsultation Consultation) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Consultations = [.. matter.Consultations, Consultation] };
}

/// <summary>回函: recorded beside the question; disagreement is kept as such.</summary>
[Called("记录回函", "Record a unit's reply")]
public sealed record RecordConsultationReply(
    [Field("回函单位", "Unit", Most = 200)] string Unit,
    [Field("回函内容", "Reply", Kind = FieldKind.LongText, Most = 8000)] string Reply,
    [Field("同意", "Agrees")] bool Agrees) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Consultations.Any(c => c.Unit == Unit && c.Reply == Reply && c.Agrees == Agrees);

    public override Decision Decide(Matter matter, StepContext at) =>
        matter.Consultations.LastOrDefault(c => c.Unit == Unit && c.RepliedAt is null) is { } open
            ? Decision.Record(new UnitReplied(open.Id, Reply, Agrees, at.Now))
            : Decision.Refuse("consultation.none-open", $"没有向“{Unit}”征求意见的未回函记录。", nameof(Unit));
}

public sealed record UnitReplied(Guid Id, string Reply, bool Agrees, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Consultations = [.. matter.Consultations.Select(c => c.Id == Id ? c with { Reply = Reply, Agrees = Agrees, RepliedAt = At } : c)],
    };
}
