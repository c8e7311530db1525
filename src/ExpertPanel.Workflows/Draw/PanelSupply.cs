namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Whom the bank offers for the seats that are asked for, before anything is drawn: no secret, no beacon and no order plays a part,
/// so that seats and rules can be tried without learning anything about the draw to come.
/// </summary>
/// <param name="Blocking">The smallest set of seats that cannot be filled together; empty when a full panel exists.</param>
/// <param name="EmployerLimitNeeded">The least limit of experts of one employer with which a full panel would exist; null when there is one already, or no limit helps.</param>
public sealed record PanelSupply(IReadOnlyList<SeatSupply> Seats, IReadOnlyList<string> Blocking, int? EmployerLimitNeeded)
{
    private const string NoSeat = "no-seat";
    private const string AtCapacity = "at-capacity";

    public bool IsFeasible => Blocking.Count == 0;

    public bool HasThinSeat => Seats.Any(seat => seat.IsThin);

    /// <param name="input">The matter, its seats and rules and the bank; <see cref="DrawInput.Raw"/>, secret and beacon are not read.</param>
    /// <param name="upperBank">The bank from which experts could be borrowed. A member of its committee is no member of this one.</param>
    public static PanelSupply Of(DrawInput input, IReadOnlyList<Candidate>? upperBank = null)
    {
        var eligibility = new Eligibility(input);
        var own = input.Pool.Select(expert => Judged.By(eligibility, expert)).ToList();
        var known = input.Pool.Select(Person).ToHashSet(StringComparer.Ordinal);
        List<Candidate> borrowed =
        [
            .. (upperBank ?? []).Where(expert => !known.Contains(Person(expert)))
                .Select(expert => Judged.By(eligibility, expert with { CommitteeMember = false })).Where(one => one.IsClear).Select(one => one.Expert),
        ];
        var order = Order(input, [.. own.Where(one => one.IsClear).Select(one => one.Expert)]);
        var blocking = BlockingSeats.Find(order);
        return new(
            [.. input.Seats.Select(seat => SupplyOf(seat, own, borrowed))],
            [.. blocking.Select(seat => input.Seats[seat].Id)],
            blocking.Count == 0 ? null : LimitNeeded(order));
    }

    /// <summary>The same person may stand in both banks, under numbers of their own.</summary>
    private static string Person(Candidate expert) => $"{NameComparison.Key(expert.Name)}\n{NameComparison.Key(expert.Employer)}";

    private static DrawnOrder Order(DrawInput input, IReadOnlyList<Candidate> clear)
    {
        var fit = new SeatFit(input.Seats);
        List<DrawnExpert> fitting = [.. clear.Select(expert => new DrawnExpert(expert, fit.Of(expert), Number: 0, Tickets: 0)).Where(one => one.Seats != 0)];
        return DrawnOrder.Of(fitting, input.Seats.Count, input.Rules.MaxPerEmployer);
    }

    private static int? LimitNeeded(DrawnOrder order)
    {
        for (var limit = order.MaxPerEmployer + 1; limit <= order.SeatCount; limit++)
        {
            if (BlockingSeats.Find(order with { MaxPerEmployer = limit }).Count == 0)
                return limit;
        }

        return null;
    }

    private static SeatSupply SupplyOf(Seat seat, List<Judged> own, List<Candidate> borrowed)
    {
        var fitting = own.Where(one => Fits(one.Expert, seat)).ToList();
        var eligible = fitting.Where(one => one.IsClear).ToList();
        List<ReasonCount> excluded =
        [
            .. fitting.SelectMany(one => one.Codes).Distinct(StringComparer.Ordinal).Select(code => new ReasonCount(
                code, fitting.Count(one => one.Codes.Contains(code, StringComparer.Ordinal)), fitting.Count(one => one.IsOnly(code)))),
        ];
        return new(
            seat, eligible.Count, eligible.Select(one => NameComparison.Key(one.Expert.Employer)).Distinct(StringComparer.Ordinal).Count(),
            [.. excluded.OrderBy(reason => Eligibility.Codes.IndexOf(reason.Code))],
            [.. Changes(seat, own, borrowed, fitting.Count(one => one.IsOnly(AtCapacity))).Where(change => change.Eligible > eligible.Count)]);
    }

    private static IEnumerable<SeatChange> Changes(Seat seat, List<Judged> own, List<Candidate> borrowed, int atCapacity)
    {
        var clear = own.Where(one => one.IsClear).Select(one => one.Expert).ToList();
        int Eligible(Seat after) => clear.Count(expert => Fits(expert, after));
        SeatChange To(SeatChangeKind kind, Seat after) => new(kind, after, Eligible(after));

        if (seat.Specialties.Count > 0)
        {
            var others = clear.SelectMany(expert => expert.Specialties).Distinct(StringComparer.Ordinal).Except(seat.Specialties, StringComparer.Ordinal);
            foreach (var wider in others.Select(one => To(SeatChangeKind.AddSpecialty, seat with { Specialties = [.. seat.Specialties, one] }) with { Specialty = one })
                         .OrderByDescending(change => change.Eligible).ThenBy(change => change.Specialty, StringComparer.Ordinal))
                yield return wider;
            yield return To(SeatChangeKind.AnySpecialty, seat with { Specialties = [] });
        }

        if (seat.CommitteeMember) yield return To(SeatChangeKind.AnyExpert, seat with { CommitteeMember = false });
        yield return new(SeatChangeKind.WithoutCapacity, seat, Eligible(seat) + atCapacity);
        yield return new(SeatChangeKind.Borrow, seat, Eligible(seat) + borrowed.Count(expert => Fits(expert, seat)));
    }

    private static bool Fits(Candidate expert, Seat seat) =>
        (expert.CommitteeMember || !seat.CommitteeMember)
        && (seat.Specialties.Count == 0 || seat.Specialties.Any(one => expert.Specialties.Contains(one, StringComparer.Ordinal)));

    /// <summary>An expert with the reasons against him that no change of the seats would remove.</summary>
    private sealed record Judged(Candidate Expert, IReadOnlyList<string> Codes)
    {
        public bool IsClear => Codes.Count == 0;

        public static Judged By(Eligibility eligibility, Candidate expert) =>
            new(expert, [.. eligibility.ReasonsAgainst(expert).Select(reason => reason.Code).Where(code => code != NoSeat)]);

        public bool IsOnly(string code) => Codes.Count == 1 && Codes[0] == code;
    }
}
