using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Tests.Workflows.Draw;

/// <summary>
/// The contract read aloud and nothing else: tries every set of later experts and every way to sit. Far too slow for life,
/// and with nothing in common with the engine's search but the records.
/// </summary>
internal sealed class FirstPanelByTrial(DrawInput input, IReadOnlyList<string> order)
{
    private readonly List<Candidate> _order = [.. order.Select(id => input.Pool.Single(expert => expert.Id == id))];

    public List<Candidate> Panel { get; } = [];

    public List<PassedOverExpert> PassedOver { get; } = [];

    public bool IsFeasible => CanComplete([], 0, input.Rules.MaxPerEmployer);

    public void Walk()
    {
        for (var i = 0; Panel.Count < input.Seats.Count; i++)
        {
            List<Candidate> together = [.. Panel, _order[i]];
            if (CanComplete(together, i + 1, input.Rules.MaxPerEmployer))
                Panel.Add(_order[i]);
            else
                PassedOver.Add(new PassedOverExpert(_order[i].Id, CanComplete(together, i + 1, int.MaxValue) ? "employer" : "seat"));
        }
    }

    public List<SeatedExpert> Seating()
    {
        var free = new List<Candidate>(Panel);
        var seating = new List<SeatedExpert>();
        for (var seat = 0; seat < input.Seats.Count; seat++)
        {
            var rest = input.Seats.Skip(seat + 1).ToList();
            var earliest = free.First(expert => Fits(expert, input.Seats[seat]) && CanSit([.. free.Where(other => other != expert)], rest));
            free.Remove(earliest);
            seating.Add(new SeatedExpert(input.Seats[seat].Id, earliest.Id));
        }

        return seating;
    }

    public IEnumerable<string> AlternatesFor(SeatedExpert leaving)
    {
        var staying = Seating().Where(one => one.Seat != leaving.Seat).Select(one => Panel.Single(expert => expert.Id == one.Id)).ToList();
        var seat = input.Seats.Single(one => one.Id == leaving.Seat);
        return _order
            .Where(expert => !Panel.Contains(expert) && Fits(expert, seat) && KeepsEmployers([.. staying, expert], input.Rules.MaxPerEmployer))
            .Take(5).Select(expert => expert.Id);
    }

    public List<string> Blocking()
    {
        for (var size = 1; size <= input.Seats.Count; size++)
        {
            if (Sets(input.Seats, size).FirstOrDefault(seats => !CanFill(seats, [])) is { } blocking)
                return [.. blocking.Select(seat => seat.Id)];
        }

        return [];
    }

    private bool CanComplete(List<Candidate> together, int from, int maxPerEmployer)
    {
        if (!KeepsEmployers(together, maxPerEmployer) || together.Count > input.Seats.Count)
            return false;
        if (together.Count == input.Seats.Count)
            return CanSit(together, input.Seats);
        return Enumerable.Range(from, _order.Count - from).Any(i => CanComplete([.. together, _order[i]], i + 1, maxPerEmployer));
    }

    private bool CanFill(List<Seat> seats, List<Candidate> taken) => seats.Count == 0 || _order.Exists(expert =>
        !taken.Contains(expert) && Fits(expert, seats[0]) && KeepsEmployers([.. taken, expert], input.Rules.MaxPerEmployer)
        && CanFill(seats[1..], [.. taken, expert]));

    private static bool CanSit(List<Candidate> experts, IReadOnlyList<Seat> seats) =>
        seats.Count == 0 || experts.Exists(expert => Fits(expert, seats[0]) && CanSit([.. experts.Where(other => other != expert)], [.. seats.Skip(1)]));

    private static bool KeepsEmployers(List<Candidate> experts, int maxPerEmployer) =>
        experts.CountBy(expert => expert.Employer).All(employer => employer.Value <= maxPerEmployer);

    private static bool Fits(Candidate expert, Seat seat) =>
        (seat.Specialties.Count == 0 || seat.Specialties.Intersect(expert.Specialties).Any()) && (!seat.CommitteeMember || expert.CommitteeMember);

    private static IEnumerable<List<Seat>> Sets(IReadOnlyList<Seat> seats, int size)
    {
        if (size == 0)
        {
            yield return [];
            yield break;
        }

        for (var i = 0; i < seats.Count; i++)
        {
            foreach (var rest in Sets([.. seats.Skip(i + 1)], size - 1))
                yield return [seats[i], .. rest];
        }
    }
}
