using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Workflows.Matters;

/// <summary>补正，一次性告知: everything that is missing, listed once. A second request needs something new to name.</summary>
[Called("通知补正", "Request a supplement")]
public sealed record RequestSupplement(
    [Field("需补正的全部内容", "Everything missing", Kind = FieldKind.Lines, Most = 500, HintZh = "每行一项，须一次性告知全部内容")] IReadOnlyList<string> Items) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Supplements is [.., { SuppliedAt: null } open] && open.Items.SequenceEqual(Items);

    public override Decision Decide(Matter matter, StepContext at)
    {
        var asked = matter.Supplements.SelectMany(s => s.Items).ToHashSet();
        if (asked.Count > 0 && Items.All(asked.Contains))
            return Decision.Refuse("supplement.already-asked", "这些内容已经通知补正过。再次补正应当是新出现的问题，请逐项列明。", nameof(Items));
        var due = DeadlineClock.Start(at.Rules.Deadline("supplement", "补正"), at.Now, at.Calendar).Due;
        return Decision.Record(new SupplementRequested(new(Items, at.Now, due, null, null)), Leave(matter, at))
            .Send(Letters.ToSponsor(LetterKinds.SupplementNotice, matter, ("items", string.Join('\n', Items)), ("due", due.Iso())))
            .Ask(new TimerDue(ChinaTime.EndOfDay(due), new LapseSupplement(due)));
    }
}

public sealed record SupplementRequested(Supplement Supplement) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Supplements = [.. matter.Supplements, Supplement] };
}

/// <summary>The sponsor supplied what was missing; the pre-check goes on.</summary>
[Called("收到补正材料", "Receive the supplement")]
public sealed record ProvideSupplement(
    [Field("补正情况", "What was supplied", Kind = FieldKind.LongText, Most = 4000)] string Note) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Supplements is [.., { SuppliedAt: not null } last] && last.Note == Note;

    public override Decision Decide(Matter matter, StepContext at) => Decision.Record(new SupplementProvided(Note, at.Now), Leave(matter, at));
}

public sealed record SupplementProvided(string Note, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) =>
        matter with { Supplements = [.. matter.Supplements.SkipLast(1), .. matter.Supplements.TakeLast(1).Select(s => s with { SuppliedAt = At, Note = Note })] };
}

/// <summary>Asked by the timer at the end of the supplement period: unanswered counts as withdrawn (视为撤回).</summary>
[Called("补正逾期", "Lapse the supplement")]
public sealed record LapseSupplement(DateOnly Due) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Supplements is not [.., { SuppliedAt: null }];

    public override Decision Decide(Matter matter, StepContext at) =>
        at.Now < ChinaTime.EndOfDay(matter.Supplements[^1].Due)
            ? Decision.Nothing
            : Decision.Record(
                new MatterEnded(new(EndingKind.Withdrawn, EndingReason.MaterialsNotSupplied, "逾期未补正，视为撤回送审。", null, at.Actor.Person, at.Now, Deemed: true)),
                Leave(matter, at));
}
