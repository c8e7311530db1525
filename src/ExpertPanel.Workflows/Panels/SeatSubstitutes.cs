using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>
/// 递补: every seat that fell vacant goes to the next in the same drawn order who fits it with the others staying. Who declined, lapsed
/// or was recused never comes back; eligibility is checked anew; how fast anyone answered plays no part. Follows by itself.
/// </summary>
[Called("递补专家", "Seat substitutes")]
public sealed record SeatSubstitutes : MatterCommand, INeedsDraw, INeedsPool, INeedsScreening
{
    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Panel is not { Seed: not null, ClosedAt: null } panel || at.Draw?.TranscriptJson is not { } json) return Decision.Nothing;
        var held = panel.Invitations.Where(i => i.IsOpen || i.State is InvitationState.Seated || i.Counted is not null).ToDictionary(i => i.Seat, i => i.BankNumber);
        var vacant = panel.Seats.Select(s => s.Id).Where(s => !held.ContainsKey(s) && !panel.VacantSeats.Contains(s)).ToList();
        if (vacant.Count == 0) return Decision.Nothing;

        var transcript = DrawTranscript.FromJson(json);
        var eligibility = new Eligibility(transcript.Input with { Now = at.Now.ToOffset(Deadlines.ChinaTime.Offset) });
        var now = at.Pool.ToDictionary(p => p.Candidate.Id);
        var never = panel.Invitations.Select(i => i.BankNumber).ToHashSet();
        var decision = Decision.Nothing;
        var index = panel.Invitations.Count;
        foreach (var seat in vacant)
        {
            var next = Substitutes.Next(transcript, held, seat, never, id =>
                now.TryGetValue(id, out var member) && eligibility.ReasonsAgainst(member.Candidate).Count == 0 && Recheck.Bar(matter, id, at) is null);
            if (next is null)
            {
                decision = decision.And(new SeatLeftVacant(seat, at.Now));
                continue;
            }

            held[seat] = next;
            never.Add(next);
            var seated = new Invitation
            {
                Id = Invitations.IdOf(panel.DrawId, index++),
                Seat = seat,
                ExpertId = now[next].ExpertId,
                BankNumber = next,
                ExpertName = now[next].Candidate.Name,
                State = InvitationState.Seated,
            };
            var (invitation, letter) = Invitations.Invite(matter, seated, at);
            decision = decision.And([new ExpertInvited(invitation), .. Recheck.News(matter, next, at)]).Send(letter)
                .Ask([.. Invitations.Timers(invitation, at), new(Deadlines.ChinaTime.EndOfDay(invitation.Due), new CloseRound())]);
        }

        return decision;
    }
}

/// <summary>Nobody in the drawn order can take the seat any more.</summary>
public sealed record SeatLeftVacant(string Seat, DateTimeOffset At) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Panel = matter.Panel is { } p ? p with { VacantSeats = [.. p.VacantSeats, Seat] } : null };
}
