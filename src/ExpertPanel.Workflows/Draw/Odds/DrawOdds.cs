namespace ExpertPanel.Workflows.Draw.Odds;

/// <summary>An eligible expert's chance to be seated.</summary>
/// <param name="Tickets">How many tickets he holds.</param>
/// <param name="Probability">From 0 to 1.</param>
/// <param name="StandardError">Of the probability; 0 means exact.</param>
public sealed record ExpertOdds(string Id, int Tickets, double Probability, double StandardError)
{
    public bool IsExact => StandardError == 0;
}

/// <summary>
/// Every eligible expert's chance to be seated, in the pool's order. Exact where a formula decides (<see cref="ExactOdds"/>),
/// otherwise from so many replays of the rule, each figure with its standard error. The secret and the beacon play no part.
/// </summary>
/// <param name="Replays">How many replays were made; 0 when all figures are exact.</param>
public sealed record DrawOdds(int Replays, IReadOnlyList<ExpertOdds> Experts)
{
    /// <summary>With so many replays a chance of one in ten has a standard error of 0.1 percentage points.</summary>
    public const int UsualReplays = 100_000;

    public static DrawOdds Of(DrawInput input, int replays = UsualReplays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replays, 1);
        var (eligible, _) = Eligibility.Sift(input);
        var tickets = Tickets.Counts(eligible, input.Rules.TicketsByRecentReviews);
        var experts = DrawnOrder.Of([.. eligible.Select((one, i) => new DrawnExpert(one.Expert, one.Seats, 0, tickets[i]))], input.Seats.Count, input.Rules.MaxPerEmployer);
        var walk = new PanelWalk(experts);
        if (!walk.CanBeFilled)
            return Named(0, _ => (0, 0));

        var equals = new EqualExperts(experts, tickets);
        if (ExactOdds.Of(experts, equals, tickets) is { } exact)
            return Named(0, one => (exact[equals.Of[one]], 0));

        var run = Odds.Replays.Run(walk, equals, tickets, replays);
        (double, double)[] figures = [.. Enumerable.Range(0, equals.Count).Select(Figure)];
        return Named(replays, one => figures[equals.Of[one]]);

        (double, double) Figure(int group)
        {
            var one = equals.First(group);
            walk.Clear();
            return run.Never(group) && !walk.MaySeat(one) ? (0, 0)
                : run.Always(group) && !CanDoWithout(experts, one) ? (1, 0)
                : (run.Probability(group), run.StandardError(group));
        }

        DrawOdds Named(int made, Func<int, (double Probability, double Error)> figure) =>
            new(made, [.. eligible.Zip(Enumerable.Range(0, eligible.Count).Select(figure)).Select((one, i) => new ExpertOdds(one.First.Expert.Id, tickets[i], one.Second.Probability, one.Second.Error))]);
    }

    private static bool CanDoWithout(DrawnOrder experts, int one)
    {
        var seats = experts.Seats.ToArray();
        seats[one] = 0;
        return new PanelWalk(experts with { Seats = seats }).CanBeFilled;
    }
}
