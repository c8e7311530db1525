namespace ExpertPanel.Workflows.Beacons;

/// <summary>Which public value a draw waits for: named and recorded when the draw is prepared, before anybody can know the value.</summary>
/// <param name="Source">Who publishes it: a chain of drand, a lottery, a notary.</param>
/// <param name="Round">Which of its rounds.</param>
/// <param name="KnownFrom">The moment before which nobody can know the value.</param>
public sealed record NamedBeacon(string Source, string Round, DateTimeOffset KnownFrom)
{
    /// <summary>Why a draw may not wait for it, if so. Whoever knew the value could choose the pool to suit it.</summary>
    public Refusal? CheckAt(DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Source) || string.IsNullOrWhiteSpace(Round))
            return new("beacon.not-named", "请写明随机值由谁公布、是哪一期。");
        return KnownFrom > now ? null : new("beacon.already-known", "该期随机值此时已经公布，请指定尚未产生的一期。");
    }
}
