namespace ExpertPanel.Workflows.Draw;

/// <summary>What the office can do about a seat that too few may take. What the law excludes is no choice and is not here.</summary>
public enum SeatChangeKind
{
    /// <summary>放宽专业：再接受一个专业</summary>
    AddSpecialty,
    /// <summary>不限专业</summary>
    AnySpecialty,
    /// <summary>不要求咨询委员</summary>
    AnyExpert,
    /// <summary>不计在办咨询上限</summary>
    WithoutCapacity,
    /// <summary>向上级人才库借用专家 (国务院令第713号第21条)</summary>
    Borrow,
}

/// <param name="After">The seat as it would be asked for then; unchanged where the seat is not what changes.</param>
/// <param name="Eligible">How many would be eligible for it then: always more than now.</param>
public sealed record SeatChange(SeatChangeKind Kind, Seat After, int Eligible)
{
    /// <summary>The specialty that is added.</summary>
    public string? Specialty { get; init; }
}

/// <summary>A reason that keeps experts from a seat which they would fit.</summary>
/// <param name="Experts">How many it keeps away, perhaps together with other reasons.</param>
/// <param name="Alone">For how many of them it is the only reason.</param>
public sealed record ReasonCount(string Code, int Experts, int Alone);

/// <summary>How many may take one seat, what keeps others from it, and what a change would give.</summary>
/// <param name="Employers">How many employers the eligible come from.</param>
/// <param name="Excluded">In the order of <see cref="Eligibility.ReasonsAgainst"/>.</param>
/// <param name="Changes">By kind, within a kind the most first, then by code. Empty when nothing would give anybody more.</param>
public sealed record SeatSupply(Seat Seat, int Eligible, int Employers, IReadOnlyList<ReasonCount> Excluded, IReadOnlyList<SeatChange> Changes)
{
    /// <summary>Fewer than <see cref="DrawEngine.ThinBelow"/> are eligible: the draw is close to a naming, and a decline may leave the seat empty.</summary>
    public bool IsThin => Eligible < DrawEngine.ThinBelow;
}
