namespace ExpertPanel.Workflows.Draw;

/// <summary>Who is invited when a seat falls vacant. How fast anyone answered plays no part: only the order that was drawn.</summary>
public static class Substitutes
{
    /// <summary>
    /// The first in the drawn order who fits the vacant seat with the others staying where they are.
    /// </summary>
    /// <param name="transcript">The draw whose order holds for as long as the panel does.</param>
    /// <param name="currentSeating">Seat to expert, for every seat still occupied; former substitutes included.</param>
    /// <param name="vacantSeat">The seat to fill.</param>
    /// <param name="neverAgain">Everyone who declined, lapsed, was recused or otherwise left a seat of this panel.</param>
    /// <param name="eligibleNow">Whether an expert is eligible at this moment: the draw may be weeks old.</param>
    /// <returns>The expert's id, or nothing when nobody is left.</returns>
    public static string? Next(
        DrawTranscript transcript,
        IReadOnlyDictionary<string, string> currentSeating,
        string vacantSeat,
        IReadOnlySet<string> neverAgain,
        Func<string, bool> eligibleNow)
    {
        var input = transcript.Input;
        var seat = input.Seats.Select(one => one.Id).ToList().IndexOf(vacantSeat);
        if (seat < 0)
            throw new ArgumentException($"The draw knows no seat {vacantSeat}.", nameof(vacantSeat));
        if (currentSeating.ContainsKey(vacantSeat))
            throw new ArgumentException($"Seat {vacantSeat} is not vacant.", nameof(currentSeating));

        var pool = input.Pool.ToDictionary(expert => expert.Id, StringComparer.Ordinal);
        var employersStaying = currentSeating.Values.CountBy(id => NameComparison.Key(pool[id].Employer)).ToDictionary(StringComparer.Ordinal);
        var fit = new SeatFit(input.Seats);
        return transcript.Order.Select(one => pool[one.Id]).FirstOrDefault(expert =>
            (fit.Of(expert) & (1UL << seat)) != 0
            && employersStaying.GetValueOrDefault(NameComparison.Key(expert.Employer)) < input.Rules.MaxPerEmployer
            && !currentSeating.Values.Contains(expert.Id, StringComparer.Ordinal)
            && !neverAgain.Contains(expert.Id)
            && eligibleNow(expert.Id))?.Id;
    }
}
