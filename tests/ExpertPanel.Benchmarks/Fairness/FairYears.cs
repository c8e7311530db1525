using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Benchmarks.Fairness;

/// <summary>Equals of one seat class: so many experts, so many draws a year, so many of them invited at each.</summary>
internal sealed record EqualsClass(int Experts, int Draws, int Seats)
{
    /// <summary>A class's share of 216 matters with three seats each over a bank of 370.</summary>
    public static EqualsClass Of(int experts) => new(experts, (int)Math.Round(216.0 * 3 * experts / 370), 1);

    public static EqualsClass WholeBank { get; } = new(370, 216, 3);
}

/// <summary>From when invitations count: from the first of January, or over the last year.</summary>
internal enum LoadCount
{
    Year,
    Window,
}

/// <param name="Spread">Most minus fewest invitations of a calendar year, averaged over the years.</param>
/// <param name="SpreadError">Standard error of that average.</param>
/// <param name="Gini">Of the invitations of a calendar year, averaged over the years: 0 when all have the same.</param>
/// <param name="LeastChance">The least chance that anybody ever had to come first in a draw.</param>
/// <param name="Tickets">How many tickets an expert holds on average.</param>
internal sealed record FairFigures(int Years, double Spread, double SpreadError, double Gini, double LeastChance, double Tickets);

/// <summary>Years of draws among equals: how far the tickets even out how often each is invited.</summary>
internal static class FairYears
{
    /// <param name="draw">Given everybody's load, who is invited.</param>
    public static FairFigures Measure(EqualsClass of, IReadOnlyList<int> tickets, int years, LoadCount count, Func<int[], IReadOnlyList<int>> draw)
    {
        int[] loads = new int[of.Experts];
        var last = new Queue<IReadOnlyList<int>>();
        var (spreads, ginis, held, draws, least) = (new List<double>(), 0.0, 0.0, 0, 1.0);
        // A window needs a year to fill before the first year that counts.
        for (var year = count == LoadCount.Window ? -1 : 0; year < years; year++)
        {
            var invited = new int[of.Experts];
            if (count == LoadCount.Year) Array.Clear(loads);
            for (var i = 0; i < of.Draws; i++)
            {
                if (last.Count == of.Draws) foreach (var expert in last.Dequeue()) loads[expert]--;
                var (total, fewest) = Held(loads, tickets);
                (held, draws, least) = (held + ((double)total / of.Experts), draws + 1, Math.Min(least, (double)fewest / total));
                var drawn = draw(loads);
                foreach (var expert in drawn) (loads[expert], invited[expert]) = (loads[expert] + 1, invited[expert] + 1);
                if (count == LoadCount.Window) last.Enqueue(drawn);
            }

            if (year < 0) continue;
            spreads.Add(invited.Max() - invited.Min());
            ginis += Evenness.Of(invited).Gini;
        }

        var mean = spreads.Average();
        var error = Math.Sqrt(spreads.Sum(s => (s - mean) * (s - mean)) / Math.Max(1, years - 1) / years);
        return new(years, Math.Round(mean, 3), Math.Round(error, 3), Math.Round(ginis / years, 3), least, Math.Round(held / draws, 1));
    }

    /// <summary>Draws as the engine does but for the hashes: the lowest of n tickets is exponential with rate n, up to a scale that all share.</summary>
    public static Func<int[], IReadOnlyList<int>> ByDistribution(IReadOnlyList<int> tickets, int seats, SeededChance chance) => loads =>
    {
        var fewest = loads.Min();
        Span<double> numbers = stackalloc double[seats];
        var drawn = new int[seats];
        numbers.Fill(double.PositiveInfinity);
        for (var expert = 0; expert < loads.Length; expert++)
        {
            var number = chance.Exponential() / TicketsOf(loads[expert] - fewest, tickets);
            if (number >= numbers[^1]) continue;
            var place = seats - 1;
            for (; place > 0 && numbers[place - 1] > number; place--) (numbers[place], drawn[place]) = (numbers[place - 1], drawn[place - 1]);
            (numbers[place], drawn[place]) = (number, expert);
        }

        return drawn;
    };

    public static int TicketsOf(int more, IReadOnlyList<int> tickets) => tickets[Math.Min(more, tickets.Count - 1)];

    private static (int Total, int Fewest) Held(int[] loads, IReadOnlyList<int> tickets)
    {
        var (least, total, fewest) = (loads.Min(), 0, int.MaxValue);
        foreach (var load in loads)
        {
            var held = TicketsOf(load - least, tickets);
            (total, fewest) = (total + held, Math.Min(fewest, held));
        }

        return (total, fewest);
    }
}
