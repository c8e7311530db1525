namespace ExpertPanel.Workflows.Beacons;

/// <summary>One side's random value: first only its commitment, the value itself once both have committed and the person shows it.</summary>
/// <param name="Commitment">See <see cref="ShareCommitment"/>; lower-case hex.</param>
public sealed record BeaconShare(ShareSide Side, Person By, string Commitment, DateTimeOffset CommittedAt, string? Value = null, DateTimeOffset? RevealedAt = null);

/// <summary>What one person entered, as a hash: the second is not shown what the first read.</summary>
/// <param name="ReadFrom">Where the person read it: an address, a newspaper, a notary's record.</param>
public sealed record BeaconEntry(Person By, string ReadFrom, string ValueHash, DateTimeOffset At);

/// <summary>A draw's beacon on its way from being named to being known.</summary>
public sealed record DrawBeacon(NamedBeacon Named)
{
    public IReadOnlyList<BeaconShare> Shares { get; init; } = [];

    /// <summary>The last entry of each person.</summary>
    public IReadOnlyList<BeaconEntry> Entries { get; init; } = [];

    /// <summary>Known at last; lower-case hex.</summary>
    public string? Value { get; init; }

    public DateTimeOffset? KnownAt { get; init; }

    public bool BothCommitted => Shares.Count == 2;

    /// <summary>Entries of two persons that don't agree.</summary>
    public bool EntriesDiffer => Value is null && Entries.Count > 1;

    /// <summary>From here on who gives the draw up may have seen what it would come to.</summary>
    public bool IsPartKnown(DateTimeOffset now) =>
        Value is not null || Entries.Count > 0 || Shares.Any(s => s.Value is not null) || Named.KnownFrom <= now;

    public BeaconShare? ShareOf(string personId) => Shares.FirstOrDefault(s => s.By.Id == personId);

    public BeaconShare? ShareOf(ShareSide side) => Shares.FirstOrDefault(s => s.Side == side);

    /// <summary>The side for which this person could commit a value now; nothing for who has, or whose side has.</summary>
    public ShareSide? OpenSideFor(Actor actor) =>
        Named.Kind != BeaconKind.TwoPerson || ShareOf(actor.Id) is not null ? null
        : actor.Is(Role.Secretariat) && ShareOf(ShareSide.Secretariat) is null ? ShareSide.Secretariat
        : actor.Is(Role.AuditAdministrator) && ShareOf(ShareSide.Audit) is null ? ShareSide.Audit
        : null;

    /// <summary>Whose turn it is. Both may act in any order; a desk shows the matter to one at a time.</summary>
    public (Role Role, string Command)? Awaited
    {
        get
        {
            if (Value is not null || Named.Kind != BeaconKind.TwoPerson) return null;
            if (ShareOf(ShareSide.Secretariat) is not { } first) return (Role.Secretariat, MatterCommands.NameOf(typeof(CommitShare)));
            if (ShareOf(ShareSide.Audit) is not { } second) return (Role.AuditAdministrator, MatterCommands.NameOf(typeof(CommitShare)));
            return (second.Value is null ? Role.AuditAdministrator : Role.Secretariat, MatterCommands.NameOf(typeof(RevealShare)));
        }
    }
}
