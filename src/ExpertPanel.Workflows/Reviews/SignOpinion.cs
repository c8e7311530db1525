using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Reviews;

/// <summary>签发. <paramref name="OnBehalfOf"/> names the leader for whom a delegate signed.</summary>
public sealed record SignOff(Person By, Person? OnBehalfOf, string? Instruction, DateTimeOffset At);

/// <summary>签发: by the leader or the leader's named delegate, who neither handled nor verified the draft.</summary>
[Called("签发", "Sign off")]
public sealed record SignOpinion(
    [Field("签发意见", "Instruction", Optional = true, Most = 2000)] string? Instruction = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.SignOff?.By.Id == actor.Id;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Verification is null || matter.Draft is null) return Decision.Refuse("sign.not-verified", "意见书稿尚未核稿，不能签发。");
        if (ThreePersons.Problem(matter, at.Actor, verifying: false) is { } problem) return problem;
        return Decision.Record(new OpinionSigned(new(at.Actor.Person, at.Actor.OnBehalfOf, Instruction, at.Now)), Leave(matter, at));
    }
}

public sealed record OpinionSigned(SignOff SignOff) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { SignOff = SignOff };
}
