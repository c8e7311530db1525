using System.Numerics;

namespace ExpertPanel.Workflows.Draw.Odds;

/// <summary>
/// The experts who fit the same seats: those whom no employer's limit can touch, by their tickets, and those of limited
/// employers, employer by employer. <see cref="Most"/> is how far it is worth counting them.
/// </summary>
internal sealed class SeatClass
{
    private readonly int[] _tickets;
    private readonly Dictionary<int, int> _freeByTickets;
    private readonly Dictionary<int, List<int>> _colleagues;
    private readonly DrawnOrder _experts;

    private SeatClass(ulong seats, DrawnOrder experts, int[] tickets, Dictionary<int, int> freeByTickets, Dictionary<int, List<int>> colleagues)
    {
        (Seats, _experts, _tickets, _freeByTickets, _colleagues) = (seats, experts, tickets, freeByTickets, colleagues);
        Most = Math.Min(BitOperations.PopCount(seats), freeByTickets.Values.Sum() + colleagues.Values.Sum(all => Math.Min(all.Count, experts.MaxPerEmployer)));
    }

    public ulong Seats { get; }

    public int Most { get; }

    public static SeatClass Of(ulong seats, List<int> people, DrawnOrder experts, EqualExperts equals, int[] tickets)
    {
        var byLimit = people.ToLookup(one => equals.Limited.Contains(experts.Employers[one]));
        return new SeatClass(
            seats, experts, tickets,
            byLimit[false].CountBy(one => tickets[one]).ToDictionary(),
            byLimit[true].GroupBy(one => experts.Employers[one]).ToDictionary(all => all.Key, all => all.ToList()));
    }

    /// <summary>How many of the class a moment finds that count: of one employer not more than the limit.</summary>
    public double[] Counts(double moment) => Counts(moment, _freeByTickets, _colleagues.Values);

    /// <summary>The same of all but this one, while his employer leaves room for him.</summary>
    public double[] CountsWithout(int expert, double moment)
    {
        if (!_colleagues.TryGetValue(_experts.Employers[expert], out var colleagues))
        {
            var free = new Dictionary<int, int>(_freeByTickets);
            free[_tickets[expert]]--;
            return Counts(moment, free, _colleagues.Values);
        }

        var others = CountBefore.Colleagues(colleagues.Where(one => one != expert).Select(one => _tickets[one]), moment, _experts.MaxPerEmployer);
        return CountBefore.Together(Counts(moment, _freeByTickets, _colleagues.Values.Where(all => all != colleagues)), others[..^1]);
    }

    private double[] Counts(double moment, Dictionary<int, int> free, IEnumerable<List<int>> colleagues)
    {
        var counts = CountBefore.Nobody(Most);
        foreach (var (tickets, experts) in free)
            counts = CountBefore.Together(counts, CountBefore.Alike(experts, tickets, moment, Most));
        foreach (var all in colleagues)
            counts = CountBefore.Together(counts, CountBefore.Colleagues(all.Select(one => _tickets[one]), moment, _experts.MaxPerEmployer));
        return counts;
    }
}
