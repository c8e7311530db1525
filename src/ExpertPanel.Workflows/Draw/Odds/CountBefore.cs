namespace ExpertPanel.Workflows.Draw.Odds;

/// <summary>
/// How many of some experts come before a moment of the race: the probabilities of 0, 1, … and, as the last, of that many or
/// more. Numbers are thought of as moments of exponential clocks, each ticket one; a moment s is then passed by an expert with
/// n tickets with probability 1 - exp(-n s), whatever the others do.
/// </summary>
internal static class CountBefore
{
    public static double[] Nobody(int most)
    {
        var nobody = new double[most + 1];
        nobody[0] = 1;
        return nobody;
    }

    /// <summary>So many experts with the same number of tickets.</summary>
    public static double[] Alike(int experts, int tickets, double moment, int most)
    {
        var result = new double[most + 1];
        var passed = Math.Log(1 - Math.Exp(-tickets * moment));
        var ways = 0.0;
        var rest = 1.0;
        for (var count = 0; count < most && count <= experts; count++)
        {
            result[count] = Math.Exp(ways + (count == 0 ? 0 : count * passed) - ((experts - count) * tickets * moment));
            rest -= result[count];
            ways += Math.Log((double)(experts - count) / (count + 1));
        }

        result[most] = Math.Max(0, rest);
        return result;
    }

    /// <summary>Colleagues of whom one panel holds at most so many.</summary>
    public static double[] Colleagues(IEnumerable<int> tickets, double moment, int most) =>
        tickets.Aggregate(Nobody(most), (counted, one) => Together(counted, Alike(1, one, moment, 1)));

    /// <summary>Two sets of experts who know nothing of each other; the result counts as far as the first.</summary>
    public static double[] Together(double[] left, double[] right)
    {
        var result = new double[left.Length];
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; j < right.Length; j++)
                result[Math.Min(i + j, left.Length - 1)] += left[i] * right[j];
        }

        return result;
    }
}
