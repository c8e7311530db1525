namespace ExpertPanel.Workflows.Draw;

/// <summary>What is recorded before the beacon's value is known: the hashes in lower-case hex.</summary>
public sealed record DrawCommitment(string InputHash, string SecretHash);

/// <summary>
/// The draw of a panel. It knows no chance and no clock: everything follows from the input, so that anyone can draw again.
/// </summary>
public static class DrawEngine
{
    private const int MostAlternates = 5;

    /// <summary>A seat that fewer experts than this are eligible for is thin.</summary>
    public const int ThinBelow = 5;

    public static DrawCommitment Commit(DrawInput input) =>
        new(Convert.ToHexStringLower(DrawSeed.InputHash(input.Raw)), Convert.ToHexStringLower(DrawSeed.SecretHash(input.Secret)));

    /// <exception cref="ArgumentException">The input has no beacon yet.</exception>
    public static DrawTranscript Run(DrawInput input)
    {
        if (input.Beacon is not { } beacon)
            throw new ArgumentException("A draw waits for its beacon.", nameof(input));

        var inputHash = DrawSeed.InputHash(input.Raw);
        return Run(input, inputHash, DrawSeed.Seed(inputHash, input.Secret, beacon.Value));
    }

    internal static DrawTranscript Run(DrawInput input, byte[] inputHash, byte[] seed)
    {
        var (eligible, excluded) = Eligibility.Sift(input);
        var experts = Tickets.Order(eligible, input.Rules.TicketsByRecentReviews, seed);
        var order = DrawnOrder.Of(experts, input.Seats.Count, input.Rules.MaxPerEmployer);
        var (panel, passedOver) = PanelSearch.Run(order);
        var members = panel is null ? [] : Seating.Assign(order, panel);

        return new DrawTranscript(
            DrawTranscript.CurrentSchema,
            input,
            Convert.ToHexStringLower(inputHash),
            Convert.ToHexStringLower(DrawSeed.SecretHash(input.Secret)),
            Convert.ToHexStringLower(seed),
            panel is null ? DrawTranscript.Infeasible : DrawTranscript.Drawn,
            [.. experts.Select(expert => expert.ToOrdered())],
            excluded,
            [.. passedOver.Select(one => new PassedOverExpert(experts[one.Expert].Expert.Id, one.Why))],
            [.. members.Select((member, seat) => new SeatedExpert(input.Seats[seat].Id, experts[member].Expert.Id))],
            [.. members.Select((member, seat) => AlternatesFor(seat, member))],
            ThinSeats(input.Seats, order),
            panel is null ? [.. BlockingSeats.Find(order).Select(seat => input.Seats[seat].Id)] : null);

        SeatAlternates AlternatesFor(int seat, int member)
        {
            int[] staying = [.. members.Where(other => other != member)];
            return new SeatAlternates(
                input.Seats[seat].Id,
                [.. SeatSuccession.Candidates(order, seat, staying).Where(expert => expert != member).Take(MostAlternates).Select(expert => experts[expert].Expert.Id)]);
        }
    }

    private static string[] ThinSeats(IReadOnlyList<Seat> seats, DrawnOrder order) =>
        [.. seats.Where((_, seat) => order.Seats.Count(fits => (fits & (1UL << seat)) != 0) < ThinBelow).Select(seat => seat.Id)];
}
