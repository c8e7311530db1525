namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Which public value a draw waits for, as the input's own field <c>beaconNamed</c>: frozen and hashed with the input before
/// anybody can know the value. Without it the beacon's source and round stand in no hash, and whoever holds the transcript
/// could name another round whose value suits.
/// </summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Source">Who publishes the value; the beacon's source must be the same, letter by letter.</param>
/// <param name="Round">Which of its rounds; the beacon's round must be the same, letter by letter.</param>
public sealed record BeaconName(string Kind, string Source, string Round)
{
    public static IReadOnlyList<string> Kinds { get; } = ["twoPerson", "lottery", "drand"];

    /// <summary>The beacon's first field that is not as named, or nothing.</summary>
    public string? Difference(Beacon beacon) =>
        !string.Equals(Source, beacon.Source, StringComparison.Ordinal) ? "source"
        : !string.Equals(Round, beacon.Round, StringComparison.Ordinal) ? "round"
        : null;

    internal string Named(string field) => field == "source" ? Source : Round;
}
