namespace ExpertPanel.Workflows.Beacons;

/// <summary>How a chain of drand signs its rounds, as far as it shows in their shape (drand, crypto/schemes.go).</summary>
/// <param name="IsChained">Each round signs the signature before it too; otherwise its number alone.</param>
public sealed record DrandScheme(string Id, int PublicKeyBytes, int SignatureBytes, bool IsChained)
{
    public static DrandScheme PedersenBlsChained { get; } = new("pedersen-bls-chained", PublicKeyBytes: 48, SignatureBytes: 96, IsChained: true);

    public static DrandScheme BlsUnchainedG1Rfc9380 { get; } = new("bls-unchained-g1-rfc9380", PublicKeyBytes: 96, SignatureBytes: 48, IsChained: false);

    /// <summary>The schemes of drand's public chains on BLS12-381. Its other schemes are for tests, or on another curve.</summary>
    public static IReadOnlyList<DrandScheme> All { get; } = [PedersenBlsChained, BlsUnchainedG1Rfc9380];
}
