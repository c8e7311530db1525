namespace ExpertPanel.Workflows.Draw.Explanation;

/// <summary>The rule, run for some eligible experts with the seed of a draw, and what it came to as positions in the order.</summary>
internal sealed class DrawRun
{
    private readonly string _seed;

    public DrawRun(DrawInput input, string seed)
    {
        (Input, _seed) = (input, seed);
        (Eligible, Excluded) = Eligibility.Sift(input);
        Order = Tickets.Order(Eligible, input.Rules.TicketsByRecentReviews, Convert.FromHexString(seed));
        Seen = Look(Order);
        Panel = PanelSearch.Run(Seen).Panel;
    }

    public DrawInput Input { get; }

    public List<EligibleExpert> Eligible { get; }

    public List<ExcludedExpert> Excluded { get; }

    public List<DrawnExpert> Order { get; }

    public DrawnOrder Seen { get; }

    /// <summary>Nothing when no full panel exists.</summary>
    public List<int>? Panel { get; }

    /// <summary>The order and the panel's ids if these had been eligible. Tickets are counted anew only where the least busy changes.</summary>
    public (List<DrawnExpert> Order, HashSet<string> Panel) Again(List<EligibleExpert> eligible)
    {
        var order = Reorder(eligible);
        var panel = PanelSearch.Run(Look(order)).Panel ?? [];
        return (order, panel.Select(position => order[position].Expert.Id).ToHashSet(StringComparer.Ordinal));
    }

    private List<DrawnExpert> Reorder(List<EligibleExpert> eligible)
    {
        var seed = Convert.FromHexString(_seed);
        if (eligible.Count == 0 || Eligible.Count == 0 || Fewest(eligible) != Fewest(Eligible))
            return Tickets.Order(eligible, Input.Rules.TicketsByRecentReviews, seed);
        var known = Order.ToDictionary(one => one.Expert.Id, StringComparer.Ordinal);
        var leastBusy = Eligible.First(one => one.Expert.RecentReviews == Fewest(Eligible));
        List<DrawnExpert> order = [];
        foreach (var one in eligible)
        {
            // With the least busy beside him a newcomer's tickets are counted as among all.
            order.Add(known.GetValueOrDefault(one.Expert.Id)
                ?? Tickets.Order([one, leastBusy], Input.Rules.TicketsByRecentReviews, seed).First(drawn => drawn.Expert == one.Expert));
        }

        order.Sort(Tickets.Compare);
        return order;
    }

    private static int Fewest(List<EligibleExpert> eligible) => eligible.Min(one => one.Expert.RecentReviews);

    private DrawnOrder Look(List<DrawnExpert> order) => DrawnOrder.Of(order, Input.Seats.Count, Input.Rules.MaxPerEmployer);
}
