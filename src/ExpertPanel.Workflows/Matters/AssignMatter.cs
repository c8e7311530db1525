namespace ExpertPanel.Workflows.Matters;

/// <summary>分办: leader, division and person on the matter (责任落实). The leader who is responsible can't also handle it.</summary>
[Called("分办", "Assign")]
public sealed record AssignMatter(
    [Field("责任领导", "Responsible leader", Kind = FieldKind.Person)] Person Leader,
    [Field("承办处室", "Handling division", Kind = FieldKind.Division, Most = 100)] string Division,
    [Field("承办人", "Case handler", Kind = FieldKind.Person)] Person Handler,
    [Field("协办人", "Co-handlers", Kind = FieldKind.Person, Optional = true)] IReadOnlyList<Person>? CoHandlers = null,
    [Field("拟办意见", "Proposed handling", Kind = FieldKind.LongText, Optional = true, Most = 2000)] string? Proposal = null,
    [Field("领导批示", "Leader's instruction", Kind = FieldKind.LongText, Optional = true, Most = 2000)] string? LeaderInstruction = null) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Responsibility is { } r && r.Handler == Handler && r.Leader == Leader && r.Division == Division;

    public override Decision Decide(Matter matter, StepContext at) => Handler.Id == Leader.Id
        ? Decision.Refuse("assign.leader-is-handler", "责任领导不能同时是承办人：承办、核稿、签发须由三人分别办理。", nameof(Handler))
        : Decision.Record(new MatterAssigned(new(Leader, Division, Handler, CoHandlers ?? [], Proposal, LeaderInstruction), at.Actor.Person, at.Now), Leave(matter, at));
}

public sealed record MatterAssigned(Responsibility Responsibility, Person By, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Responsibility = Responsibility };
}

/// <summary>改派: leave, change of post. The old handler stays in the history.</summary>
[Called("改派承办人", "Reassign")]
public sealed record ReassignMatter(
    [Field("承办处室", "Handling division", Kind = FieldKind.Division, Most = 100)] string Division,
    [Field("新承办人", "New case handler", Kind = FieldKind.Person)] Person Handler,
    [Field("原因", "Reason", Most = 1000)] string Reason) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Responsibility is { } r && r.Handler == Handler && r.Division == Division;

    public override Decision Decide(Matter matter, StepContext at) => Handlers.Replace(matter, Division, Handler, Reason, null);
}

/// <summary>承办人回避 (pattern of 公务员法 arts. 76–77): the ground is recorded and somebody else takes over.</summary>
[Called("承办人回避", "Recuse the handler")]
public sealed record RecuseHandler(
    [Field("回避情形", "Ground", Kind = FieldKind.Choice)] Panels.RecusalGround Ground,
    [Field("说明", "Explanation", Kind = FieldKind.LongText, Most = 2000)] string Reason,
    [Field("接替承办人", "Who takes over", Kind = FieldKind.Person)] Person Handler) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Responsibility?.Handler == Handler;

    public override Decision Decide(Matter matter, StepContext at) =>
        Handlers.Replace(matter, matter.Responsibility?.Division ?? "", Handler, Reason, Ground);
}

public sealed record HandlerReplaced(string Division, Person Handler, string Reason, Panels.RecusalGround? Ground) : MatterEvent
{
    public override Matter Apply(Matter matter) =>
        matter with { Responsibility = matter.Responsibility is { } r ? r with { Division = Division, Handler = Handler, CoHandlers = [.. r.CoHandlers.Where(c => c.Id != Handler.Id)] } : null };
}

file static class Handlers
{
    /// <summary>Who verified or signed the draft can't become its handler: three persons on one matter.</summary>
    public static Decision Replace(Matter matter, string division, Person handler, string reason, Panels.RecusalGround? ground)
    {
        if (matter.Responsibility is not { } now) return Decision.Refuse("assign.not-yet", "该事项尚未分办，请先分办。");
        if (handler.Id == now.Leader.Id || handler.Id == matter.Verification?.By.Id || handler.Id == matter.SignOff?.By.Id)
            return Decision.Refuse("review.three-persons", "承办、核稿、签发须由三人分别办理，请另选承办人。", nameof(ReassignMatter.Handler));
        return Decision.Record(new HandlerReplaced(division, handler, reason, ground));
    }
}
