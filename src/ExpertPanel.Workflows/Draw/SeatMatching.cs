namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Who could sit where: a flow from employers (each lets through at most so many) through experts (one each) to seats (one
/// each), grown one seat at a time along augmenting paths. Exact: a seat stays empty only if no rearrangement of the others
/// could fill it (Ford and Fulkerson 1956).
/// </summary>
internal sealed class SeatMatching
{
    public const int Nobody = -1;

    private readonly DrawnOrder _order;
    private readonly int[][] _candidates;
    private readonly int[] _occupants;
    private readonly HashSet<int> _seenEmployers = [];
    private ulong _seenSeats;
    private int _after;

    public SeatMatching(DrawnOrder order)
    {
        _order = order;
        _candidates = LaterCandidates.Keep(order);
        _occupants = new int[order.SeatCount];
        Clear();
    }

    /// <summary>Everyone who is ever tried for an empty seat.</summary>
    public IEnumerable<int> Candidates => _candidates.SelectMany(positions => positions);

    private void Clear()
    {
        Array.Fill(_occupants, Nobody);
        _after = Nobody;
    }

    /// <summary>Whether these experts, all of them, can fill every seat together with experts later in the order than <paramref name="after"/>.</summary>
    public bool CanComplete(IReadOnlyList<int> seated, int after)
    {
        Clear();
        foreach (var expert in seated)
        {
            _seenSeats = 0;
            if (CountFrom(_order.Employers[expert]) >= _order.MaxPerEmployer || !TryPlace(expert))
                return false;
        }

        // From here on those who sit may change seats, but nobody up to this position may leave.
        _after = after;
        for (var seat = 0; seat < _occupants.Length; seat++)
        {
            if (_occupants[seat] == Nobody && !TryFill(seat))
                return false;
        }

        return true;
    }

    public bool TryFill(int seat)
    {
        _seenSeats = 0;
        _seenEmployers.Clear();
        return Fill(seat);
    }

    /// <summary>After a <see cref="TryFill"/> that failed: the seats that together want more experts than there are.</summary>
    public ulong SeatsShortOfExperts => _seenSeats;

    private bool TryPlace(int expert)
    {
        for (var seat = 0; seat < _occupants.Length; seat++)
        {
            if (!Fits(expert, seat) || IsSeen(seat))
                continue;
            _seenSeats |= 1UL << seat;
            if (_occupants[seat] != Nobody && !TryPlace(_occupants[seat]))
                continue;
            _occupants[seat] = expert;
            return true;
        }

        return false;
    }

    private bool Fill(int seat)
    {
        _seenSeats |= 1UL << seat;
        return FillByNewcomer(seat) || FillByMove(seat) || FillByExchange(seat);
    }

    private bool FillByNewcomer(int seat)
    {
        foreach (var expert in _candidates[seat])
        {
            if (IsFree(expert) && CountFrom(_order.Employers[expert]) < _order.MaxPerEmployer)
            {
                _occupants[seat] = expert;
                return true;
            }
        }

        return false;
    }

    /// <summary>Someone moves here from a seat that can be filled anew.</summary>
    private bool FillByMove(int seat)
    {
        for (var other = 0; other < _occupants.Length; other++)
        {
            var expert = _occupants[other];
            if (expert != Nobody && !IsSeen(other) && Fits(expert, seat) && Fill(other))
            {
                _occupants[seat] = expert;
                return true;
            }
        }

        return false;
    }

    /// <summary>Someone comes here whose colleague, of an employer with no place left, leaves a seat that can be filled anew.</summary>
    private bool FillByExchange(int seat)
    {
        foreach (var expert in _candidates[seat])
        {
            var employer = _order.Employers[expert];
            if (!IsFree(expert) || !_seenEmployers.Add(employer))
                continue;
            for (var other = 0; other < _occupants.Length; other++)
            {
                var colleague = _occupants[other];
                if (colleague <= _after || IsSeen(other) || _order.Employers[colleague] != employer || !Fill(other))
                    continue;
                _occupants[seat] = expert;
                return true;
            }
        }

        return false;
    }

    private bool IsFree(int expert) => expert > _after && !_occupants.Contains(expert);

    private bool IsSeen(int seat) => (_seenSeats & (1UL << seat)) != 0;

    private bool Fits(int expert, int seat) => (_order.Seats[expert] & (1UL << seat)) != 0;

    private int CountFrom(int employer)
    {
        var count = 0;
        foreach (var occupant in _occupants)
        {
            if (occupant != Nobody && _order.Employers[occupant] == employer)
                count++;
        }

        return count;
    }
}
