using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Tests;

/// <summary>The two persons' random values of a draw, and the acts by which they come in.</summary>
public static class Shares
{
    public static string Secretariats { get; } = string.Concat(Enumerable.Repeat("0a1b2c3d", 8));

    public static string Auditors { get; } = string.Concat(Enumerable.Repeat("f1e2d3c4", 8));

    public static string Both => Secretariats + Auditors;

    public static CommitShare Commit(Matter matter, ShareSide side) =>
        new(ShareCommitment.Of(matter.Panel?.DrawId ?? throw new InvalidOperationException("Nothing was prepared."), side, Of(side)));

    public static RevealShare Reveal(ShareSide side) => new(Of(side));

    /// <summary>All four acts in order; the last makes the beacon known, and the draw follows.</summary>
    public static IReadOnlyList<(MatterCommand Command, Actor Actor)> Acts(Matter matter, Actor secretariat, Actor auditor) =>
    [
        (Commit(matter, ShareSide.Secretariat), secretariat), (Commit(matter, ShareSide.Audit), auditor),
        (Reveal(ShareSide.Audit), auditor), (Reveal(ShareSide.Secretariat), secretariat),
    ];

    private static string Of(ShareSide side) => side == ShareSide.Secretariat ? Secretariats : Auditors;
}
