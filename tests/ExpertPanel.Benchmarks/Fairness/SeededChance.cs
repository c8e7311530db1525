namespace ExpertPanel.Benchmarks.Fairness;

/// <summary>Chance that is the same again for the same seed, on every machine and version: SplitMix64 (Steele, Lea, Flood 2014).</summary>
internal sealed class SeededChance(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        var mixed = state += 0x9e3779b97f4a7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to below <paramref name="below"/>.</summary>
    public int Next(int below) => (int)(((Next() >> 32) * (ulong)below) >> 32);

    /// <summary>Between 0 and 1, neither of them.</summary>
    public double Fraction() => ((Next() >> 11) + 0.5) / (1UL << 53);

    /// <summary>The lowest of n equal tickets lies as this divided by n, up to a scale that all share and no order sees.</summary>
    public double Exponential() => -Math.Log(Fraction());
}
