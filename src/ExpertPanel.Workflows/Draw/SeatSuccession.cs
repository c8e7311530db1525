namespace ExpertPanel.Workflows.Draw;

/// <summary>Who could take one seat while the other members stay in theirs: fits it, sits nowhere, and has not too many colleagues there.</summary>
internal static class SeatSuccession
{
    public static IEnumerable<int> Candidates(DrawnOrder order, int seat, IReadOnlyCollection<int> staying)
    {
        var colleagues = staying.CountBy(member => order.Employers[member]).ToDictionary();
        for (var expert = 0; expert < order.Count; expert++)
        {
            if ((order.Seats[expert] & (1UL << seat)) != 0
                && colleagues.GetValueOrDefault(order.Employers[expert]) < order.MaxPerEmployer
                && !staying.Contains(expert))
                yield return expert;
        }
    }
}
