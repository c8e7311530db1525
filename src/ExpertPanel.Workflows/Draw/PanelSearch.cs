namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Walks the order and seats an expert if and only if everyone seated so far together with him can still be completed to a
/// full panel by experts later in the order. So the panel is the first feasible one in the order, and nobody is passed over
/// without need.
/// </summary>
internal sealed class PanelSearch
{
    private readonly DrawnOrder _order;
    private readonly SeatMatching _matching;
    private readonly HashSet<int> _keptEmployers;
    private readonly List<int> _seated = [];
    private readonly List<(int Expert, string Why)> _passedOver = [];

    // Once refused is refused for good, for everyone alike: were a later expert of the same kind seatable, so would the earlier
    // have been in his place, the experts seated in between counting among the later ones then.
    private readonly HashSet<(ulong Seats, int Employer)> _refused = [];
    private readonly HashSet<ulong> _refusedSeats = [];
    private readonly SeatWant _seatWant;

    private PanelSearch(DrawnOrder order)
    {
        _order = order;
        _matching = new SeatMatching(order);
        _keptEmployers = [.. _matching.Candidates.Select(expert => order.Employers[expert])];
        _seatWant = new SeatWant(order);
    }

    /// <summary>The panel's positions in the order, or nothing when no full panel exists; and who was passed over before it was full.</summary>
    public static (List<int>? Panel, List<(int Expert, string Why)> PassedOver) Run(DrawnOrder order)
    {
        var search = new PanelSearch(order);
        if (!search._matching.CanComplete([], after: -1))
            return (null, []);
        for (var expert = 0; search._seated.Count < order.SeatCount; expert++)
        {
            if (search.MayBeSeated(expert))
                search._seated.Add(expert);
            else
                search._passedOver.Add((expert, search._seatWant.IsWanted(search._seated, expert) ? PassedOverExpert.Employer : PassedOverExpert.Seat));
        }

        return (search._seated, search._passedOver);
    }

    private bool MayBeSeated(int expert)
    {
        var seats = _order.Seats[expert];
        var employer = _order.Employers[expert];
        if (_refusedSeats.Contains(seats) || _refused.Contains((seats, employer)))
            return false;
        if (_matching.CanComplete([.. _seated, expert], after: expert))
            return true;

        // An employer that touches nobody seated and nobody who might complete the panel cannot be what stood in the way.
        if (_keptEmployers.Contains(employer) || _seated.Exists(one => _order.Employers[one] == employer))
            _refused.Add((seats, employer));
        else
            _refusedSeats.Add(seats);
        return false;
    }

    /// <summary>Whether an expert could be seated if employers did not matter.</summary>
    private sealed class SeatWant(DrawnOrder order)
    {
        private readonly Dictionary<ulong, bool> _known = [];
        private SeatMatching? _matching;
        private DrawnOrder? _free;
        private int[] _candidates = [];
        private (int Seated, int Later) _state;

        public bool IsWanted(List<int> seated, int expert)
        {
            _free ??= order.WithoutEmployers();
            _matching ??= new SeatMatching(_free);
            if (_candidates.Length == 0)
                _candidates = [.. _matching.Candidates.Distinct().Order()];

            // The answer changes only when someone is seated or one of the few candidates is no longer later.
            var at = Array.BinarySearch(_candidates, expert + 1);
            var state = (seated.Count, at < 0 ? ~at : at);
            if (state != _state)
                _known.Clear();
            _state = state;
            if (!_known.TryGetValue(order.Seats[expert], out var wanted))
                _known[order.Seats[expert]] = wanted = _matching.CanComplete([.. seated, expert], after: expert);
            return wanted;
        }
    }
}
