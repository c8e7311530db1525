using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>
/// Which public value a draw waits for: named, hashed and recorded when the draw is prepared, before anybody can know the value.
/// </summary>
/// <param name="Source">Who publishes it: a chain of drand, a lottery, a notary, two persons of the office.</param>
/// <param name="Round">Which of its rounds; of two persons' shares the draw's own id.</param>
/// <param name="KnownFrom">The moment before which nobody can know the value (UTC); none where two persons' shares decide.</param>
public sealed record NamedBeacon(BeaconKind Kind, string Source, string Round, DateTimeOffset? KnownFrom)
{
    public const string TwoPersonSource = "本机关两人随机值（秘书处、审计管理员）";

    public static NamedBeacon OfTwoPersons(Guid drawId) => new(BeaconKind.TwoPerson, TwoPersonSource, drawId.ToString("D"), KnownFrom: null);

    /// <summary>Why a draw may not wait for it, if so. Whoever knew the value could choose the pool to suit it.</summary>
    public Refusal? CheckAt(DateTimeOffset now)
    {
        if (Kind == BeaconKind.TwoPerson) return null;
        if (string.IsNullOrWhiteSpace(Source) || string.IsNullOrWhiteSpace(Round) || KnownFrom is not { } moment)
            return new("beacon.not-named", "请写明随机值由谁公布、是哪一期、何时公布。");
        return moment > now ? null : new("beacon.already-known", $"该期随机值已于 {ChinaTime.Minute(moment)} 公布，请指定尚未产生的一期。");
    }
}
