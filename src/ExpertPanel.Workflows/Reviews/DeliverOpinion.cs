using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Reviews;

/// <summary>送达: sent by letter or on paper, then received by somebody.</summary>
public sealed record Delivery(DateTimeOffset SentAt, bool ByMail, string? ReceivedBy, DateTimeOffset? ReceivedAt);

/// <summary>发出意见书. Follows by itself after numbering; on paper where the sponsor has no address or the contents may not travel by mail.</summary>
[Called("发出意见书", "Send the opinion")]
public sealed record DeliverOpinion : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Delivery is not null;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Issue is not { } issue) return Decision.Refuse("deliver.no-number", "意见书尚未编号，不能发出。");
        var letters = Letters.ToSponsor(LetterKinds.OpinionDelivery, matter, ("number", issue.Number));
        return Decision.Record(new OpinionSent(new(at.Now, letters.Count > 0, null, null))).Send(letters);
    }
}

public sealed record OpinionSent(Delivery Delivery) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Delivery = Delivery };
}

/// <summary>送达确认: who received it and when. The review's clock stops here.</summary>
[Called("确认送达", "Confirm delivery")]
public sealed record ConfirmDelivery(
    [Field("签收人", "Received by", Most = 60)] string ReceivedBy) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Delivery?.ReceivedAt is not null;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Delivery is null) return Decision.Refuse("deliver.not-sent", "意见书尚未发出。");
        var due = DeadlineClock.Start(at.Rules.Deadline("feedback", "送达"), at.Now, at.Calendar).Due;
        return Decision.Record(new DeliveryConfirmed(ReceivedBy, at.Now), Leave(matter, at))
            .Ask(new TimerDue(ChinaTime.EndOfDay(due), new RemindFeedback(due)));
    }
}

public sealed record DeliveryConfirmed(string ReceivedBy, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Delivery = matter.Delivery is { } d ? d with { ReceivedBy = ReceivedBy, ReceivedAt = At } : null,
        ReviewDeadline = matter.ReviewDeadline?.Meet(At),
    };
}
