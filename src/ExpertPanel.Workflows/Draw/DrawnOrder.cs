namespace ExpertPanel.Workflows.Draw;

/// <summary>The drawn order as the panel's search sees it: experts are positions, seats are bits, employers are numbers.</summary>
internal sealed record DrawnOrder(ulong[] Seats, int[] Employers, int SeatCount, int MaxPerEmployer)
{
    public int Count => Seats.Length;

    public static DrawnOrder Of(IReadOnlyList<DrawnExpert> experts, int seatCount, int maxPerEmployer)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var seats = new ulong[experts.Count];
        var employers = new int[experts.Count];
        for (var i = 0; i < experts.Count; i++)
        {
            var employer = NameComparison.Key(experts[i].Expert.Employer);
            if (!numbers.TryGetValue(employer, out var number))
                numbers.Add(employer, number = numbers.Count);
            seats[i] = experts[i].Seats;
            employers[i] = number;
        }

        return new DrawnOrder(seats, employers, seatCount, maxPerEmployer);
    }

    /// <summary>The same order as if everyone had an employer of his own.</summary>
    public DrawnOrder WithoutEmployers() => this with { Employers = [.. Enumerable.Range(0, Count)], MaxPerEmployer = 1 };
}
