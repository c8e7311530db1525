using System.Globalization;

namespace ExpertPanel.Workflows.Draw;

/// <summary>Why the blocking seats cannot be filled together: too few experts, or enough of them but of too few employers.</summary>
public sealed record Infeasibility(IReadOnlyList<string> Seats, int Experts, int Employers, int MaxPerEmployer)
{
    public static Infeasibility? Of(DrawTranscript transcript)
    {
        if (transcript.Blocking is not { } blocking)
            return null;
        var input = transcript.Input;
        var fit = new SeatFit([.. input.Seats.Where(seat => blocking.Contains(seat.Id, StringComparer.Ordinal))]);
        var eligible = transcript.Order.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var fitting = input.Pool.Where(expert => eligible.Contains(expert.Id) && fit.Of(expert) != 0).ToList();
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
