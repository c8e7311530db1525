namespace ExpertPanel.Server.Data;

/// <summary>Whether a stored file or mail may be given out.</summary>
public static class ScanState
{
    /// <summary>No scanner has said anything yet. Given out only where none is configured.</summary>
    public const string Waiting = "waiting";

    public const string Clean = "clean";

    /// <summary>Never given out; the find's name stands beside it.</summary>
    public const string Infected = "infected";

    /// <summary>Not of a kind, or not within the limits, that is given out; kept as evidence.</summary>
    public const string Barred = "barred";

    public const int LongestFind = 200;

    internal const string IsWaiting = "\"Scan\" = 'waiting'";

    internal const string IsInfected = "\"Scan\" = 'infected'";
}

/// <summary>A row whose bytes came from outside.</summary>
public interface IScanned
{
    /// <summary>One of <see cref="ScanState"/>.</summary>
    string Scan { get; set; }

    /// <summary>The name of what was found, or why it is barred.</summary>
    string? ScanFind { get; set; }

    DateTimeOffset? ScannedAt { get; set; }

    /// <summary>Not to be tried before this time.</summary>
    DateTimeOffset? NextScanAt { get; set; }
}
