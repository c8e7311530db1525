namespace ExpertPanel.Workflows.Beacons;

/// <summary>Where the value comes from that nobody could know when a draw was frozen (docs/adr/0006-beacons.md).</summary>
public enum BeaconKind
{
    /// <summary>两人随机值: the secretariat and the audit administrator each commit to a random value before either is shown.</summary>
    TwoPerson,
    /// <summary>公开开奖、公证: read and entered by two persons, each for himself.</summary>
    Lottery,
    /// <summary>drand: a round named by the clock, entered by two persons.</summary>
    Drand,
}

/// <summary>The two sides of <see cref="BeaconKind.TwoPerson"/>; they stand in this order in the value.</summary>
public enum ShareSide
{
    /// <summary>秘书处</summary>
    Secretariat,
    /// <summary>审计管理员</summary>
    Audit,
}
