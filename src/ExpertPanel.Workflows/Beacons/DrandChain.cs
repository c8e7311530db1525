using System.Globalization;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>
/// One chain of drand, a beacon that many independent operators run together and none of them can steer. Its rounds come at moments
/// fixed for ever, so that a draw can name one which nobody can know yet. Made by <see cref="DrandChainReader"/>, which checks the hash.
/// </summary>
/// <param name="Hash">The chain's identity: it covers every other field but the scheme.</param>
public sealed record DrandChain(
    string BeaconId, string Hash, DrandScheme Scheme, TimeSpan Period, DateTimeOffset Genesis, string PublicKey, string GroupHash)
{
    /// <summary>The source as it stands in the draw's transcript; anyone can find the chain by it.</summary>
    public string Source => $"drand {BeaconId} {Hash}";

    /// <summary>The newest round that is known at the moment; nothing before the chain began.</summary>
    public long? RoundAt(DateTimeOffset moment) => moment < Genesis ? null : (moment - Genesis).Ticks / Period.Ticks + 1;

    /// <summary>When a round becomes known; nothing where there is no such round. Round 1 comes at genesis.</summary>
    public DateTimeOffset? TimeOf(long round) =>
        round >= 1 && round - 1 <= (DateTimeOffset.MaxValue - Genesis).Ticks / Period.Ticks ? Genesis.AddTicks((round - 1) * Period.Ticks) : null;

    /// <summary>The first round that comes later than the margin from now.</summary>
    /// <param name="margin">Covers what our clock may be behind: a clock that is later than this would name a round that is known already.</param>
    public long NextRoundAfter(DateTimeOffset now, TimeSpan margin)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(margin, TimeSpan.Zero);
        return (RoundAt(now + margin) ?? 0) + 1;
    }

    /// <summary>Names the round that a draw prepared now waits for.</summary>
    public NamedBeacon NameAfter(DateTimeOffset now, TimeSpan margin)
    {
        var round = NextRoundAfter(now, margin);
        return new(BeaconKind.Drand, Source, round.ToString(CultureInfo.InvariantCulture), Genesis.AddTicks((round - 1) * Period.Ticks));
    }
}
