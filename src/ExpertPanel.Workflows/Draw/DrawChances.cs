namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// How often each eligible expert was to be expected on the panel of a draw that was held, near enough to add up over a year. Each seat gives its
/// one place to those who fit it, by their tickets; the shares of an expert's seats are added, and are at most one. So the expectations of one draw
/// add up to its seats. That is exact for one seat, and for equals who fit the same seats; it leaves out that who sits in one seat
/// can't sit in another, that only so many of one employer sit, and that rarer skills are kept for their seats. The exact chances of
/// one draw are another thing; they take replays.
/// </summary>
public static class DrawChances
{
    /// <returns>By bank number, for everybody eligible; empty for a draw that seated nobody.</returns>
    public static IReadOnlyDictionary<string, double> Of(DrawTranscript transcript)
    {
        if (transcript.Outcome != DrawTranscript.Drawn) return new Dictionary<string, double>(StringComparer.Ordinal);
        var fit = new SeatFit(transcript.Input.Seats);
        var pool = transcript.Input.Pool.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var experts = transcript.Order.Select(one => (one.Id, one.Tickets, Seats: fit.Of(pool[one.Id]))).ToList();
        var held = new double[transcript.Input.Seats.Count];
        foreach (var (_, tickets, seats) in experts)
        {
            for (var seat = 0; seat < held.Length; seat++)
            {
                if (Has(seats, seat)) held[seat] += tickets;
            }
        }

        return experts.ToDictionary(
            one => one.Id,
            one => Math.Min(1, Enumerable.Range(0, held.Length).Where(seat => Has(one.Seats, seat)).Sum(seat => one.Tickets / held[seat])),
            StringComparer.Ordinal);
    }

    private static bool Has(ulong seats, int seat) => (seats & (1UL << seat)) != 0;
}
