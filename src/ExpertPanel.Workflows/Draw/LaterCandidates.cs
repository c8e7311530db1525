namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// The few who stand for everyone later in the order. For each seat, from the end of the order backwards, only as many of one
/// employer are kept as one panel may hold, and only so many employers as there are seats.
/// <para>Nothing is lost. Say a panel has someone in a seat who is not kept for it. Either as many of his employer are kept as a
/// panel may hold, and he is one of those it does hold: then one of the kept is not in the panel and can sit there for him.
/// Or as many employers are kept as there are seats: then at least one of them has nobody among the others, and can send the
/// one kept of his. Either way the one kept stands later in the order, so the same holds for every tail of the order.</para>
/// </summary>
internal static class LaterCandidates
{
    public static int[][] Keep(DrawnOrder order)
    {
        var mostOfOne = Math.Min(order.MaxPerEmployer, order.SeatCount);
        var kept = new List<int>[order.SeatCount];
        var counts = new Dictionary<int, int>[order.SeatCount];
        for (var seat = 0; seat < order.SeatCount; seat++)
            (kept[seat], counts[seat]) = ([], []);

        var open = order.SeatCount == DrawInputReader.MostSeats ? ulong.MaxValue : (1UL << order.SeatCount) - 1;
        for (var expert = order.Count - 1; expert >= 0 && open != 0; expert--)
        {
            for (var fits = order.Seats[expert] & open; fits != 0; fits &= fits - 1)
            {
                var seat = System.Numerics.BitOperations.TrailingZeroCount(fits);
                var count = counts[seat].GetValueOrDefault(order.Employers[expert]);
                if (count >= mostOfOne)
                    continue;
                kept[seat].Add(expert);
                counts[seat][order.Employers[expert]] = count + 1;
                if (counts[seat].Count == order.SeatCount)
                    open &= ~(1UL << seat);
            }
        }

        return [.. kept.Select(positions => positions.ToArray())];
    }
}
