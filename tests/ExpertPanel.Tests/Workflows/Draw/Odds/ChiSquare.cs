namespace ExpertPanel.Tests.Workflows.Draw.Odds;

/// <summary>The test of Pearson: how probable it is that chance alone departs as far from what was expected.</summary>
internal static class ChiSquare
{
    /// <summary>Of counts that sum to a fixed number; the expected ones are to be 5 or more.</summary>
    public static double Probability(IReadOnlyList<int> seen, IReadOnlyList<double> expected) =>
        UpperTail(seen.Zip(expected, (one, should) => (one - should) * (one - should) / should).Sum(), seen.Count - 1);

    /// <summary>1 minus the regularised lower gamma function (Abramowitz and Stegun 6.5.29), by its series.</summary>
    public static double UpperTail(double statistic, int degrees)
    {
        var (half, x) = (degrees / 2.0, statistic / 2);
        var term = 1 / half;
        var sum = term;
        for (var n = 1; term > sum * 1e-15; n++)
            sum += term *= x / (half + n);
        return 1 - (sum * Math.Exp((half * Math.Log(x)) - x - LogGamma(half)));
    }

    /// <summary>Of a half or whole number, by the recurrence.</summary>
    private static double LogGamma(double of)
    {
        var result = of % 1 == 0 ? 0 : Math.Log(Math.PI) / 2;
        for (var at = of % 1 == 0 ? 1 : 0.5; at < of; at++)
            result += Math.Log(at);
        return result;
    }
}
