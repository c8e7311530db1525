using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Workflows.Reviews;

/// <summary>合法性审查意见书（稿）: what the document will say, with its version.</summary>
public sealed record ReviewDraft(
    int Version, string PrimaryRecipient, IReadOnlyList<string> Cc, string Circumstances, IReadOnlyList<string> Bases, string Competence,
    string Procedure, string Content, IReadOnlyList<string> Problems, IReadOnlyList<string> Suggestions, IReadOnlyList<string> Risks,
    ReviewConclusion Conclusion, string? WhyOtherThanExperts, string Contact, Person By, DateTimeOffset At);

/// <summary>起草. The office's conclusion may differ from the experts' majority, but must say why.</summary>
[Called("起草意见书", "Write the draft")]
public sealed record SaveDraft(
    [Field("主送", "Primary recipient", Most = 200)] string PrimaryRecipient,
    [Field("送审情况", "Circumstances of the submission", Kind = FieldKind.LongText)] string Circumstances,
    [Field("审查依据", "Bases", Kind = FieldKind.Lines, Most = 500)] IReadOnlyList<string> Bases,
    [Field("权限审查", "Competence", Kind = FieldKind.LongText)] string Competence,
    [Field("程序审查", "Procedure", Kind = FieldKind.LongText)] string Procedure,
    [Field("内容审查", "Content", Kind = FieldKind.LongText)] string Content,
    [Field("结论", "Conclusion", Kind = FieldKind.Choice)] ReviewConclusion Conclusion,
    [Field("存在的问题", "Problems with articles", Kind = FieldKind.Lines, Optional = true, Most = 2000)] IReadOnlyList<string>? Problems = null,
    [Field("修改建议", "Suggestions", Kind = FieldKind.Lines, Optional = true, Most = 2000)] IReadOnlyList<string>? Suggestions = null,
    [Field("风险提示", "Risks", Kind = FieldKind.Lines, Optional = true, Most = 2000)] IReadOnlyList<string>? Risks = null,
    [Field("与专家多数意见不同的理由", "Why other than the experts' majority", Kind = FieldKind.LongText, Optional = true, Most = 4000)] string? WhyOtherThanExperts = null,
    [Field("抄送", "Copies to", Kind = FieldKind.Lines, Optional = true, Most = 200)] IReadOnlyList<string>? Cc = null,
    [Field("联系人及电话", "Contact", Optional = true, Most = 200)] string? Contact = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Draft is { } d && d.By == actor.Person
        && (d.PrimaryRecipient, d.Circumstances, d.Competence, d.Procedure, d.Content, d.Conclusion, d.WhyOtherThanExperts)
            == (PrimaryRecipient, Circumstances, Competence, Procedure, Content, Conclusion, WhyOtherThanExperts)
        && d.Bases.SequenceEqual(Bases) && d.Cc.SequenceEqual(Cc ?? []) && d.Problems.SequenceEqual(Problems ?? [])
        && d.Suggestions.SequenceEqual(Suggestions ?? []) && d.Risks.SequenceEqual(Risks ?? []) && (string.IsNullOrWhiteSpace(Contact) || d.Contact == Contact);

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (!Drafters.Include(matter, at.Actor)) return Drafters.Refuse(matter);
        if (Conclusion == ReviewConclusion.ExploratoryReformRiskDisclosed && Risks is not { Count: > 0 })
            return Decision.Refuse("draft.risks-missing", "探索性改革事项须明示风险（国务院令第713号第25条）。", nameof(Risks));
        if (Conclusion is ReviewConclusion.Unlawful or ReviewConclusion.LawfulWithChanges && Problems is not { Count: > 0 })
            return Decision.Refuse("draft.problems-missing", "此结论须逐项列明存在的问题和所依据的条款。", nameof(Problems));
        if (matter.Panel is { } panel && Tally.Of(panel).Differs(Conclusion) && string.IsNullOrWhiteSpace(WhyOtherThanExperts))
            return Decision.Refuse("draft.why-other", "结论与专家多数意见不同，请说明理由。", nameof(WhyOtherThanExperts));
        return Decision.Record(new DraftSaved(new(
            (matter.Draft?.Version ?? 0) + 1, PrimaryRecipient, Cc ?? [], Circumstances, Bases, Competence, Procedure, Content, Problems ?? [],
            Suggestions ?? [], Risks ?? [], Conclusion, WhyOtherThanExperts, string.IsNullOrWhiteSpace(Contact) ? at.Rules.OfficeContact : Contact,
            at.Actor.Person, at.Now)));
    }
}

public sealed record DraftSaved(ReviewDraft Draft) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Draft = Draft };
}

/// <summary>送核: hands the draft to the verifier and names the divisions that countersign.</summary>
[Called("送核稿", "Submit the draft")]
public sealed record SubmitDraft(
    [Field("会签处室", "Divisions to countersign", Kind = FieldKind.Lines, Optional = true, Most = 100, HintZh = "每行一个；不需会签的留空")] IReadOnlyList<string>? Divisions = null) : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at) => matter.Draft switch
    {
        null => Decision.Refuse("draft.none", "还没有意见书稿，请先起草。"),
        _ when !Drafters.Include(matter, at.Actor) => Drafters.Refuse(matter),
        _ => Decision.Record(
            new DraftSubmitted([.. (Divisions ?? []).Select(d => d.Trim()).Where(d => d.Length > 0 && d != matter.Responsibility?.Division).Distinct()], at.Actor.Person, at.Now),
            Leave(matter, at)),
    };
}

public sealed record DraftSubmitted(IReadOnlyList<string> Divisions, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Verification = null,
        SignOff = null,
        Countersignatures = [.. Divisions.Select(d => new Countersignature(d, null, null, null, null))],
    };
}

/// <summary>The handler and the co-handlers write the draft and hand it on; nobody else's hand is in it.</summary>
file static class Drafters
{
    public static bool Include(Matter matter, Actor actor) =>
        matter.IsHandledBy(actor) || matter.Responsibility?.CoHandlers.Any(c => c.Id == actor.Id) == true;

    public static Decision Refuse(Matter matter) =>
        Decision.Refuse("handler.other", $"该事项由{matter.Responsibility?.Handler.Name}承办；需要接手的，请处长改派。");
}
