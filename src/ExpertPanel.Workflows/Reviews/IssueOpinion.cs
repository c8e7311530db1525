using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Documents;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Reviews;

/// <summary>编号: the numbered opinion.</summary>
public sealed record Issue(string Number, DateOnly On, Person By, DateTimeOffset At);

/// <summary>作废的文号: kept, never used again.</summary>
public sealed record VoidedNumber(string Number, string Reason, Person By, DateTimeOffset At);

/// <summary>编号用印: only after sign-off; one gapless serial per issuer code and year (GB/T 9704, 公文处理工作条例 ch. 6).</summary>
[Called("编号用印", "Number and issue")]
public sealed record IssueOpinion : MatterCommand, INeedsNumber
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Issue is not null;

    public (string Code, int Year) Series(Matter? matter, StepContext at) => (at.Rules.IssuerCode, ChinaTime.LocalDate(at.Now).Year);

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.SignOff is null || matter.Draft is null) return Decision.Refuse("issue.not-signed", "尚未签发，不能编号。");
        var (code, year) = Series(matter, at);
        return Decision.Record(new OpinionIssued(new(new DocumentNumber(code, year, at.NextSerial).ToString(), at.Today, at.Actor.Person, at.Now)), Leave(matter, at));
    }
}

public sealed record OpinionIssued(Issue Issue) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Issue = Issue };
}

/// <summary>文号作废: only while the opinion is in the house, that is neither mailed nor received; the number stays on record and the matter is numbered anew.</summary>
[Called("文号作废", "Void the number")]
public sealed record VoidNumber(
    [Field("作废原因", "Reason", Most = 1000)] string Reason) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Issue is null;

    public override Decision Decide(Matter matter, StepContext at) => matter switch
    {
        { Issue: null } => Decision.Nothing,
        { Delivery: { ByMail: true } or { ReceivedAt: not null } } => Decision.Refuse("void.delivered", "意见书已送出，不能作废文号；请以更正或撤销文书处理。"),
        { Issue: { } issue } => Decision.Record(new NumberVoided(new(issue.Number, Reason, at.Actor.Person, at.Now)), Leave(matter, at)),
    };
}

public sealed record NumberVoided(VoidedNumber Number) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Issue = null, Delivery = null, VoidedNumbers = [.. matter.VoidedNumbers, Number] };
}
