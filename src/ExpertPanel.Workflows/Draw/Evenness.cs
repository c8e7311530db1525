namespace ExpertPanel.Workflows.Draw;

/// <summary>How evenly something is shared out among people.</summary>
/// <param name="Gini">0 when all have the same, towards 1 when one has it all (Gini 1912); 0 when there is nothing to share.</param>
public sealed record Evenness(int People, int Total, int Fewest, int Most, double Gini)
{
    public double Mean => People == 0 ? 0 : (double)Total / People;

    public int Spread => Most - Fewest;

    public static Evenness Of(IReadOnlyCollection<int> counts)
    {
        if (counts.Count == 0) return new(0, 0, 0, 0, 0);
        var sorted = counts.Order().ToList();
        var total = sorted.Sum();
        var weighted = sorted.Select((count, i) => (double)count * ((2 * (i + 1)) - sorted.Count - 1)).Sum();
        return new(sorted.Count, total, sorted[0], sorted[^1], total == 0 ? 0 : Math.Round(weighted / ((double)sorted.Count * total), 4));
    }
}
