namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Whether everybody eligible can be drawn at all. Every order of the eligible can come out, and who comes first is seated if a full panel with
/// him exists: so the chance is zero for those alone with whom no full panel exists.
/// </summary>
public static class SeatReach
{
    /// <returns>The ids, in the pool's order, of the eligible with whom no full panel exists; all of them when there is no full panel at all.</returns>
    public static IReadOnlyList<string> Unseatable(DrawInput input)
    {
        var (eligible, _) = Eligibility.Sift(input);
        List<DrawnExpert> experts = [.. eligible.Select(one => new DrawnExpert(one.Expert, one.Seats, Number: 0, Tickets: 0))];
        var order = DrawnOrder.Of(experts, input.Seats.Count, input.Rules.MaxPerEmployer);

        // Experts of one employer who fit the same seats stand in for each other.
        var known = new Dictionary<(ulong Seats, int Employer), bool>();
        return [.. Enumerable.Range(0, order.Count).Where(expert => !CanSit(expert)).Select(expert => experts[expert].Expert.Id)];

        bool CanSit(int expert)
        {
            var kind = (order.Seats[expert], order.Employers[expert]);
            if (!known.TryGetValue(kind, out var can))
                known[kind] = can = new SeatMatching(First(order, expert)).CanComplete([0], after: 0);
            return can;
        }
    }

    private static DrawnOrder First(DrawnOrder order, int expert) => order with
    {
        Seats = [order.Seats[expert], .. order.Seats.Where((_, one) => one != expert)],
        Employers = [order.Employers[expert], .. order.Employers.Where((_, one) => one != expert)],
    };
}
