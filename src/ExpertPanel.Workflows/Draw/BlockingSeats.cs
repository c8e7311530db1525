using System.Numerics;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// The smallest set of seats that cannot be filled together; of several equally small ones the first in the order of the seats.
/// <para>While all smaller sets can be filled, a set cannot if and only if the experts who fit any of its seats, counted at most
/// so many of one employer, are fewer than its seats (Rado 1942). More seats only bring more experts, so a seat with which they
/// are too many already is left out at once.</para>
/// </summary>
internal sealed class BlockingSeats
{
    private readonly DrawnOrder _order;
    private readonly ulong[][] _wantedBy;
    private readonly List<int> _chosen = [];
    private int _size;

    private BlockingSeats(DrawnOrder order)
    {
        _order = order;
        _wantedBy = [.. Enumerable.Range(0, order.SeatCount).Select(WantedBy)];
    }

    /// <summary>The blocking seats' places, or nothing when all seats can be filled.</summary>
    public static IReadOnlyList<int> Find(DrawnOrder order)
    {
        var matching = new SeatMatching(order);
        var empty = Enumerable.Range(0, order.SeatCount).Where(seat => !matching.TryFill(seat)).ToList();
        var wanting = 0UL;
        foreach (var seat in empty)
        {
            matching.TryFill(seat);
            wanting |= matching.SeatsShortOfExperts;
        }

        // Every blocking set lies within these seats; if but one seat stays empty, they are the only one.
        int[] suspects = [.. Enumerable.Range(0, order.SeatCount).Where(seat => (wanting & (1UL << seat)) != 0)];
        return empty.Count <= 1 ? suspects : new BlockingSeats(order).Smallest(suspects);
    }

    private List<int> Smallest(int[] suspects)
    {
        var nobody = new ulong[_wantedBy[0].Length];
        do
            _size++;
        while (!Search(nobody, Within(nobody, suspects)));
        return _chosen;
    }

    /// <summary>Completes the chosen seats to a blocking set of the wanted size, if any, trying them in their order.</summary>
    private bool Search(ulong[] experts, int[] candidates)
    {
        if (_chosen.Count == _size)
            return true;
        for (var i = 0; _chosen.Count + candidates.Length - i >= _size; i++)
        {
            var seat = candidates[i];
            // Of seats that want the same, a later one would make the same sets as the earlier did.
            if (candidates.Take(i).Any(other => _wantedBy[other].AsSpan().SequenceEqual(_wantedBy[seat])))
                continue;
            var together = Union(experts, _wantedBy[seat]);
            _chosen.Add(seat);
            if (Search(together, Within(together, candidates[(i + 1)..])))
                return true;
            _chosen.RemoveAt(_chosen.Count - 1);
        }

        return false;
    }

    /// <summary>The seats with which these experts stay fewer than the seats wanted.</summary>
    private int[] Within(ulong[] experts, int[] seats) => [.. seats.Where(seat => AreFewer(Union(experts, _wantedBy[seat])))];

    private bool AreFewer(ulong[] experts)
    {
        var colleagues = new Dictionary<int, int>();
        var count = 0;
        for (var word = 0; word < experts.Length; word++)
        {
            for (var rest = experts[word]; rest != 0; rest &= rest - 1)
            {
                var employer = _order.Employers[(word * 64) + BitOperations.TrailingZeroCount(rest)];
                var already = colleagues.GetValueOrDefault(employer);
                if (already == _order.MaxPerEmployer)
                    continue;
                colleagues[employer] = already + 1;
                if (++count == _size)
                    return false;
            }
        }

        return true;
    }

    private ulong[] WantedBy(int seat)
    {
        var experts = new ulong[(_order.Count / 64) + 1];
        for (var expert = 0; expert < _order.Count; expert++)
            experts[expert / 64] |= ((_order.Seats[expert] >> seat) & 1) << (expert % 64);
        return experts;
    }

    private static ulong[] Union(ulong[] one, ulong[] other) => [.. one.Zip(other, (left, right) => left | right)];
}
