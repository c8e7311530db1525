namespace ExpertPanel.Benchmarks.Fairness;

/// <summary>A thousand years of 216 matters over 370 experts for several rules of tickets, by the calendar year and over a window that moves on.</summary>
internal static class FairnessStudy
{
    /// <summary>Most minus fewest of one seat class of up to 60, and of the whole bank as one class, on average.</summary>
    public const double MostOfClass = 2.5;
    public const double MostOfBank = 4.3;

    private static readonly int[][] Rules = [[1], [16, 4, 1], [16, 2, 1], [20, 4, 1], [24, 6, 1], [25, 5, 1], [27, 9, 3, 1], [32, 8, 2], [32, 8, 1], [36, 6, 1], [64, 16, 4, 1]];

    public static IEnumerable<object> Measure(int years)
    {
        foreach (var tickets in Rules)
            foreach (var count in Enum.GetValues<LoadCount>())
            {
                var classes = new[] { 20, 30, 38, 46, 52, 60 }.Select(size => (Class: size, Figures: Distribution(EqualsClass.Of(size), tickets, years, count))).ToList();
                var bank = Distribution(EqualsClass.WholeBank, tickets, years, count);
                yield return new
                {
                    what = "fairness",
                    tickets,
                    count = count.ToString(),
                    years,
                    classes = classes.Select(one => new { size = one.Class, one.Figures.Spread, one.Figures.SpreadError, one.Figures.Gini, one.Figures.LeastChance }),
                    bank,
                    holds = bank.Spread <= MostOfBank && classes.TrueForAll(one => one.Figures.Spread <= MostOfClass),
                };
            }
    }

    /// <summary>The same by the engine, for a class of 46 and for the bank.</summary>
    public static IEnumerable<object> ByEngine(IReadOnlyList<int> tickets)
    {
        foreach (var (of, years) in new[] { (EqualsClass.Of(46), 100), (EqualsClass.WholeBank, 20) })
            yield return new
            {
                what = "fairness by the engine",
                tickets,
                of.Experts,
                engine = FairYears.Measure(of, tickets, years, LoadCount.Year, EngineYears.Draw(of, tickets, new SeededChance(11))),
                distribution = Distribution(of, tickets, 1000, LoadCount.Year),
            };
    }

    public static IEnumerable<object> OfRuses(IReadOnlyList<int> tickets, int years) =>
        from ruse in Enum.GetValues<Ruse>()
        from byRule in new[] { true, false }
        from before in new[] { 20, 41, 81 }
        let figures = Ruses.Measure(ruse, byRule, 46, before, years, tickets, new SeededChance(5))
        select (object)new { what = "ruse", ruse = ruse.ToString(), byRule, tickets, before, figures.Chance, figures.EqualShare };

    public static FairFigures Distribution(EqualsClass of, IReadOnlyList<int> tickets, int years, LoadCount count, ulong seed = 2014) =>
        FairYears.Measure(of, tickets, years, count, FairYears.ByDistribution(tickets, of.Seats, new SeededChance(seed)));
}
