namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// 预演: what a draw from these conditions might look like. Its seed comes from a domain of its own and from chance that is thrown away, so
/// it says nothing about the draw to come; it has neither seed nor secret nor transcript, so it can't be handed in as one.
/// </summary>
/// <param name="Panel">Empty where no full panel exists.</param>
/// <param name="Eligible">How many experts could be drawn.</param>
/// <param name="EligibleBySeat">How many of them fit each seat, in the order of the seats.</param>
/// <param name="Excluded">Who could not, and every reason.</param>
/// <param name="ThinSeats">Seats that fewer than five experts could take.</param>
/// <param name="Infeasible">The smallest set of seats that can't be filled together, and why.</param>
public sealed record DrawPreview(
    IReadOnlyList<PreviewSeat> Panel, int Eligible, IReadOnlyList<int> EligibleBySeat, IReadOnlyList<ExcludedExpert> Excluded, IReadOnlyList<string> ThinSeats, Infeasibility? Infeasible)
{
    /// <param name="input">The conditions as they would be frozen now.</param>
    /// <param name="chance">32 fresh random bytes as hex; used for this one preview.</param>
    public static DrawPreview Of(DrawInput input, string chance)
    {
        var inputHash = DrawSeed.InputHash(input.Raw);
        var trial = DrawEngine.Run(input, inputHash, DrawSeed.PreviewSeed(inputHash, chance));
        var people = input.Pool.ToDictionary(expert => expert.Id, StringComparer.Ordinal);
        return new(
            [.. trial.Panel.Select((seated, index) => new PreviewSeat(seated.Seat, people[seated.Id], [.. trial.Alternates[index].Ids.Select(id => people[id])]))],
            trial.Order.Count,
            CountBySeat(input.Seats, trial.Order.Select(one => people[one.Id])),
            trial.Excluded,
            trial.ThinSeats,
            Infeasibility.Of(trial));
    }

    private static int[] CountBySeat(IReadOnlyList<Seat> seats, IEnumerable<Candidate> eligible)
    {
        var fit = new SeatFit(seats);
        var counts = new int[seats.Count];
        foreach (var fits in eligible.Select(fit.Of))
            for (var seat = 0; seat < counts.Length; seat++)
                counts[seat] += (int)((fits >> seat) & 1);
        return counts;
    }
}

/// <summary>A seat as one preview happened to fill it.</summary>
public sealed record PreviewSeat(string Seat, Candidate Expert, IReadOnlyList<Candidate> Next);
