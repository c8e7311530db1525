namespace ExpertPanel.Server.Beacons;

/// <summary>Section <c>Beacon</c>: where a draw's later-known value comes from. Without a chain of drand the office names its own source.</summary>
public sealed class BeaconOptions
{
    public const string Section = "Beacon";

    public DrandOptions Drand { get; set; } = new();
}

public sealed class DrandOptions
{
    public static readonly TimeSpan LeastMargin = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan MostMargin = TimeSpan.FromDays(7);

    /// <summary>A chain that travels with the program, by its name or hash, or a file of what a relay answers at <c>/info</c>.</summary>
    public string? Chain { get; set; }

    /// <summary>How far ahead the named round lies at the least; more than the server's clock can be behind.</summary>
    public TimeSpan Margin { get; set; } = TimeSpan.FromMinutes(2);
}
