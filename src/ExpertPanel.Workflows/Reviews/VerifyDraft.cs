using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Reviews;

public sealed record Verification(Person By, string? Comment, DateTimeOffset At);

/// <summary>会签: one row a division; empty until it signs.</summary>
public sealed record Countersignature(string Division, Person? By, bool? Agrees, string? Comment, DateTimeOffset? At);

/// <summary>核稿: by another person than the handler, before countersigning and sign-off.</summary>
[Called("核稿通过", "Verify the draft"), Outcomes("countersign", "sign")]
public sealed record VerifyDraft(
    [Field("核稿意见", "Comment", Optional = true, Most = 4000)] string? Comment = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Verification?.By.Id == actor.Id;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (ThreePersons.Problem(matter, at.Actor, verifying: true) is { } problem) return problem;
        return Decision.Record(
            new DraftVerified(new(at.Actor.Person, Comment, at.Now)),
            Leave(matter, at, matter.Countersignatures.Count > 0 ? "countersign" : "sign"));
    }
}

public sealed record DraftVerified(Verification Verification) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Verification = Verification };
}

/// <summary>退回修改: back to the handler; what was verified, countersigned or signed must be done anew.</summary>
[Called("退回修改", "Return the draft")]
public sealed record ReturnDraft(
    [Field("修改意见", "What to change", Kind = FieldKind.LongText, Most = 4000)] string Reason) : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at) =>
        Decision.Record(new DraftReturned(Reason, at.Actor.Person, at.Now), Leave(matter, at));
}

public sealed record DraftReturned(string Reason, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Verification = null, SignOff = null, Countersignatures = [] };
}

/// <summary>会签: each named division once. Disagreement does not stop the draft; it goes to the leader with it.</summary>
[Called("会签", "Countersign")]
public sealed record Countersign(
    [Field("同意", "Agree")] bool Agrees,
    [Field("会签意见", "Comment", Kind = FieldKind.LongText, Optional = true, Most = 4000)] string? Comment = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Countersignatures.Any(c => c.By?.Id == actor.Id && c.Agrees == Agrees);

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Countersignatures.FirstOrDefault(c => c.Division == at.Actor.Division && c.By is null) is not { } mine)
            return Decision.Refuse("countersign.not-yours", "本件不需要您所在处室会签，或您的处室已经会签。");
        if (!Agrees && string.IsNullOrWhiteSpace(Comment))
            return Decision.Refuse("countersign.reason-missing", "不同意的，请写明意见。", nameof(Comment));
        var last = matter.Countersignatures.Count(c => c.By is null) == 1;
        var signed = new Countersigned(mine with { By = at.Actor.Person, Agrees = Agrees, Comment = Comment, At = at.Now });
        return last ? Decision.Record(signed, Leave(matter, at)) : Decision.Record(signed);
    }
}

public sealed record Countersigned(Countersignature Countersignature) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Countersignatures = [.. matter.Countersignatures.Select(c => c.Division == Countersignature.Division ? Countersignature : c)],
    };
}

/// <summary>Handler, verifier and signer are three people, whatever the route says.</summary>
internal static class ThreePersons
{
    public static Decision? Problem(Matter matter, Actor actor, bool verifying)
    {
        string?[] taken = verifying
            ? [matter.Responsibility?.Handler.Id, matter.Draft?.By.Id]
            : [matter.Responsibility?.Handler.Id, matter.Draft?.By.Id, matter.Verification?.By.Id];
        return taken.Contains(actor.Id) || (actor.OnBehalfOf is { } absent && taken.Contains(absent.Id))
            ? Decision.Refuse("review.three-persons", "承办、核稿、签发须由三人分别办理：您已办理本件的前一环节，请由他人办理。")
            : null;
    }
}
