using System.Globalization;

namespace ExpertPanel.Workflows.Draw;

/// <summary>Why the blocking seats cannot be filled together: too few experts, or enough of them but of too few employers.</summary>
public sealed record Infeasibility(IReadOnlyList<string> Seats, int Experts, int Employers, int MaxPerEmployer)
{
    public static Infeasibility? Of(DrawTranscript transcript)
    {
        if (transcript.Blocking is not { } blocking)
            return null;
        var eligible = transcript.Order.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        return Of(transcript.Input, blocking, transcript.Input.Pool.Where(expert => eligible.Contains(expert.Id)));
    }

    /// <summary>Why no panel can be drawn from the input, whatever the seed; nothing where one can. Known before anything is frozen.</summary>
    public static Infeasibility? Of(DrawInput input)
    {
        var (eligible, _) = Eligibility.Sift(input);
        var order = DrawnOrder.Of([.. eligible.Select(one => new DrawnExpert(one.Expert, one.Seats, Number: 0, Tickets: 1))], input.Seats.Count, input.Rules.MaxPerEmployer);
        var blocking = BlockingSeats.Find(order);
        return blocking.Count == 0 ? null : Of(input, [.. blocking.Select(seat => input.Seats[seat].Id)], eligible.Select(one => one.Expert));
    }

    private static Infeasibility Of(DrawInput input, IReadOnlyList<string> blocking, IEnumerable<Candidate> eligible)
    {
        var fit = new SeatFit([.. input.Seats.Where(seat => blocking.Contains(seat.Id, StringComparer.Ordinal))]);
        var fitting = eligible.Where(expert => fit.Of(expert) != 0).ToList();
        return new Infeasibility(
            blocking,
            fitting.Count,
            fitting.DistinctBy(expert => NameComparison.Key(expert.Employer), StringComparer.Ordinal).Count(),
            input.Rules.MaxPerEmployer);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seats {string.Join(", ", Seats)} cannot be filled together: {Experts} eligible experts of {Employers} employers fit them, at most {MaxPerEmployer} of one employer may sit");
}
