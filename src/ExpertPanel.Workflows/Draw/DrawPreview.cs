namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// 预演: what a draw from these conditions might look like. Its seed comes from a domain of its own and from chance that is thrown away, so
/// it says nothing about the draw to come; it has neither seed nor secret nor transcript, so it can't be handed in as one.
/// </summary>
/// <param name="Panel">Empty where no full panel exists.</param>
/// <param name="Eligible">How many experts could be drawn.</param>
/// <param name="Excluded">Who could not, and every reason.</param>
/// <param name="ThinSeats">Seats that fewer than five experts could take.</param>
/// <param name="Infeasible">The smallest set of seats that can't be filled together, and why.</param>
public sealed record DrawPreview(
    IReadOnlyList<PreviewSeat> Panel, int Eligible, IReadOnlyList<ExcludedExpert> Excluded, IReadOnlyList<string> ThinSeats, Infeasibility? Infeasible)
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
            trial.Excluded,
            trial.ThinSeats,
            Infeasibility.Of(trial));
    }
}

/// <summary>A seat as one preview happened to fill it.</summary>
public sealed record PreviewSeat(string Seat, Candidate Expert, IReadOnlyList<Candidate> Next);
