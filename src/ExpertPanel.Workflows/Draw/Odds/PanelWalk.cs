namespace ExpertPanel.Workflows.Draw.Odds;

/// <summary>
/// The rule of <see cref="PanelSearch"/> for one set of experts and any number of orders: someone is asked for a seat, and
/// gets it if and only if those seated and he can be completed to a full panel.
/// <para>By whom, makes no difference: were someone passed over needed for the panel, the earliest such could have been
/// seated in his place, all others of that panel coming later. So the answer depends on who sits, not on the order, and is
/// kept. It depends on less: a seat that experts of as many employers fit as there are seats can always be filled last, so
/// only an employer with an expert for one of the other seats, the scarce ones, matters beyond his own limit.</para>
/// </summary>
internal sealed class PanelWalk
{
    private const int NotAsked = 0;
    private const int Start = 1;
    private const int Refused = -1;
    private const int NotKept = -2;

    /// <summary>How many answers are kept at most: 8 MB. What comes after is worked out each time.</summary>
    private const int MostKept = 1 << 21;

    private readonly DrawnOrder _experts;
    private readonly int[] _kinds;
    private readonly int _kindCount;
    private readonly List<int[]> _answers = [[]];
    private readonly Dictionary<string, int> _states = new(StringComparer.Ordinal);
    private readonly int[] _fromEmployer;
    private readonly List<int> _seated = [];
    private int _state;

    public PanelWalk(DrawnOrder experts)
    {
        _experts = experts;
        _fromEmployer = new int[experts.Employers.DefaultIfEmpty(-1).Max() + 1];
        (_kinds, _kindCount) = Kinds(experts);
        _state = StateOf([]);
    }

    public IReadOnlyList<int> Seated => _seated;

    public bool IsFull => _seated.Count == _experts.SeatCount;

    public bool CanBeFilled => new SeatMatching(_experts).CanComplete([], after: -1);

    public void Clear()
    {
        foreach (var expert in _seated)
            _fromEmployer[_experts.Employers[expert]] = 0;
        _seated.Clear();
        _state = Start;
    }

    public bool MaySeat(int expert) =>
        !IsFull && _fromEmployer[_experts.Employers[expert]] < _experts.MaxPerEmployer && Next(expert) != Refused;

    public bool TrySeat(int expert)
    {
        if (!MaySeat(expert))
            return false;
        _state = Next(expert);
        _seated.Add(expert);
        _fromEmployer[_experts.Employers[expert]]++;
        return true;
    }

    private int Next(int expert)
    {
        if (_state == NotKept)
            return CanComplete(expert) ? NotKept : Refused;
        ref var next = ref _answers[_state][_kinds[expert]];
        if (next == NotAsked)
            next = CanComplete(expert) ? StateOf([.. _seated, expert]) : Refused;
        return next;
    }

    /// <summary>Asks the engine's own matching, as if those seated and the expert had come first.</summary>
    private bool CanComplete(int expert)
    {
        int[] order = [.. _seated, expert, .. Enumerable.Range(0, _experts.Count).Where(one => one != expert && !_seated.Contains(one))];
        var reordered = _experts with { Seats = [.. order.Select(one => _experts.Seats[one])], Employers = [.. order.Select(one => _experts.Employers[one])] };
        return new SeatMatching(reordered).CanComplete([.. Enumerable.Range(0, _seated.Count + 1)], after: _seated.Count);
    }

    /// <summary>What the answers depend on: how many of each kind sit.</summary>
    private int StateOf(IEnumerable<int> seated)
    {
        var kinds = string.Join(',', seated.Select(expert => _kinds[expert]).Order());
        if (_states.TryGetValue(kinds, out var state))
            return state;
        if (_answers.Count > Start && (long)_answers.Count * _kindCount >= MostKept)
            return NotKept;
        _answers.Add(new int[_kindCount]);
        _states.Add(kinds, _answers.Count - 1);
        return _answers.Count - 1;
    }

    private static (int[] Kinds, int Count) Kinds(DrawnOrder experts)
    {
        var scarce = 0UL;
        for (var seat = 0; seat < experts.SeatCount; seat++)
        {
            if (Fitting(experts, 1UL << seat).Distinct().Take(experts.SeatCount).Count() < experts.SeatCount)
                scarce |= 1UL << seat;
        }

        var near = Fitting(experts, scarce).ToHashSet();
        var numbers = new Dictionary<(ulong, int), int>();
        var kinds = new int[experts.Count];
        for (var i = 0; i < kinds.Length; i++)
        {
            var kind = (experts.Seats[i], near.Contains(experts.Employers[i]) ? experts.Employers[i] : -1);
            if (!numbers.TryGetValue(kind, out kinds[i]))
                numbers.Add(kind, kinds[i] = numbers.Count);
        }

        return (kinds, numbers.Count);
    }

    /// <summary>The employers of the experts who fit one of the seats.</summary>
    private static IEnumerable<int> Fitting(DrawnOrder experts, ulong seats) => experts.Employers.Where((_, i) => (experts.Seats[i] & seats) != 0);
}
