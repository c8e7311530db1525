using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>
/// 截止本轮咨询. Asked by timers (the due day; the pause for amendments after the last opinion) and by a person once enough opinions are in.
/// Below the committee's minimum the matter goes to the stage where somebody chooses what to do.
/// </summary>
[Called("截止本轮咨询", "Close the round"), Outcomes("enough", "short")]
public sealed record CloseRound : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Panel?.ClosedAt is not null;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel is not { } panel) return Decision.Nothing;
        var enough = panel.ValidOpinions >= at.Rules.MinimumOpinions;
        if (at.Actor.Is(Role.System))
        {
            var last = panel.Invitations.SelectMany(i => i.Opinions).Select(o => (DateTimeOffset?)o.At).Max();
            var rested = last is null || at.Now >= last.Value.AddHours(at.Rules.RoundGraceHours);
            var due = panel.Due is { } day && at.Now >= ChinaTime.EndOfDay(day);
            if (!due && !(panel.AllAnswered && rested)) return Decision.Nothing;
        }
        else if (!panel.AllAnswered && !enough)
            return Decision.Refuse("round.still-open", $"已收到 {panel.ValidOpinions} 份有效意见，未达到最低 {at.Rules.MinimumOpinions} 份，且仍有专家未答复。请等待至 {panel.Due:yyyy年M月d日} 截止。");

        return Decision.Record(new RoundClosed(panel.ValidOpinions, at.Rules.MinimumOpinions, at.Now), Leave(matter, at, enough ? "enough" : "short"))
            .Send(
            [
                .. Invitations.Withdraw(matter, "本轮咨询已截止"),
                .. panel.Invitations.Where(i => i.Counted is not null).Select(i => Letters.ToExpert(LetterKinds.Thanks, i)),
            ]);
    }
}

public sealed record RoundClosed(int Opinions, int Minimum, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Panel = matter.Panel is { } panel ? panel.WithdrawOpen("本轮咨询已截止") with { ClosedAt = At } : null,
    };
}
