namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// The smallest set of seats that cannot be filled together; of several equally small ones the first in the order of the seats.
/// </summary>
internal sealed class BlockingSeats
{
    private readonly SeatMatching _matching;
    private readonly ulong[] _alike;
    private readonly int[] _suspects;
    private readonly List<int> _chosen = [];
    private int[] _tried = [];
    private int _size;

    private BlockingSeats(DrawnOrder order, SeatMatching matching, int[] suspects)
    {
        _matching = matching;
        _suspects = suspects;
        _alike = SeatsWantingTheSame(order);
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
        return empty.Count <= 1 ? suspects : new BlockingSeats(order, matching, suspects).Smallest();
    }

    private List<int> Smallest()
    {
        for (_size = 1; _size < _suspects.Length; _size++)
        {
            // Whatever the others take, a seat with as many choices as the set has seats keeps one for itself.
            _tried = [.. _suspects.Where(seat => _matching.Choices(seat) < _size)];
            _matching.Clear();
            if (Search(0))
                return _chosen;
        }

        return [.. _suspects];
    }

    /// <summary>Tries the sets of the wanted size in the order of the seats. All smaller sets can be filled: that was tried before.</summary>
    private bool Search(int from)
    {
        var occupants = _matching.Occupants.ToArray();
        for (var i = from; _tried.Length - i >= _size - _chosen.Count; i++)
        {
            var seat = _tried[i];
            if (HasSkippedTwin(i))
                continue;
            _chosen.Add(seat);
            var filled = _matching.TryFill(seat);
            if (_chosen.Count == _size ? !filled : Search(i + 1))
                return true;
            _chosen.RemoveAt(_chosen.Count - 1);
            occupants.CopyTo(_matching.Occupants, 0);
        }

        return false;
    }

    /// <summary>Of seats that want the same only the first few are tried: the others would make the same sets, later in the order.</summary>
    private bool HasSkippedTwin(int index)
    {
        for (var i = 0; i < index; i++)
        {
            if ((_alike[_tried[index]] & (1UL << _tried[i])) != 0 && !_chosen.Contains(_tried[i]))
                return true;
        }

        return false;
    }

    private static ulong[] SeatsWantingTheSame(DrawnOrder order)
    {
        var alike = new ulong[order.SeatCount];
        Array.Fill(alike, ulong.MaxValue);
        foreach (var seats in order.Seats.Distinct())
        {
            for (var seat = 0; seat < alike.Length; seat++)
                alike[seat] &= (seats & (1UL << seat)) != 0 ? seats : ~seats;
        }

        return alike;
    }
}
