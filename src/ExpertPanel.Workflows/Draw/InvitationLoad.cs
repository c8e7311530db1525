namespace ExpertPanel.Workflows.Draw;

/// <summary>When an expert joined the bank, came back from leave or took up a specialty within the time that loads are counted.</summary>
/// <param name="OthersAsked">How often the others of that specialty had been invited by then, all together.</param>
/// <param name="Others">How many they are.</param>
public sealed record Arrival(DateTimeOffset At, int OthersAsked, int Others);

/// <summary>
/// How often an expert counts as invited when tickets are given out. Every invitation that went out counts, whatever became of it: who declines,
/// stays silent or steps back has been asked like everybody else, and must not gain tickets by it.
/// <para>Whoever arrives starts at what the others have been asked on average by then, rounded up. Else who drops a specialty or goes on leave for
/// a while would come back with the tickets of one who was never asked. Rounding up is what makes it safe: tickets that fall ever more
/// slowly lie on a convex curve, so the tickets at the mean, and still more those above it, are at most the mean of the others'
/// tickets, and the chance of who arrives is at most an equal's.</para>
/// </summary>
public static class InvitationLoad
{
    /// <param name="asked">When the expert was invited, within the time that is counted.</param>
    public static int Counted(IReadOnlyCollection<DateTimeOffset> asked, IReadOnlyList<Arrival> arrivals)
    {
        var (level, from) = (0, DateTimeOffset.MinValue);
        foreach (var arrival in arrivals.OrderBy(one => one.At))
        {
            level = Math.Max(level + asked.Count(at => at >= from && at < arrival.At), Mean(arrival));
            from = arrival.At;
        }

        return level + asked.Count(at => at >= from);
    }

    private static int Mean(Arrival arrival) => arrival.Others == 0 ? 0 : (arrival.OthersAsked + arrival.Others - 1) / arrival.Others;
}
