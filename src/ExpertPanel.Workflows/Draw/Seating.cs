namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Who of the panel sits where. The seats in their order each get the earliest member with whom the remaining seats can still
/// be filled by the others.
/// </summary>
internal static class Seating
{
    /// <summary>The position in the order of each seat's member.</summary>
    public static int[] Assign(DrawnOrder order, List<int> panel)
    {
        var seated = new int[order.SeatCount];
        ulong[] fits = [.. panel.Select(member => order.Seats[member])];
        for (var seat = 0; seat < seated.Length; seat++)
        {
            var earliest = Enumerable.Range(0, panel.Count).First(member => CanAllSit(Give(fits, seat, member)));
            fits = Give(fits, seat, earliest);
            seated[seat] = panel[earliest];
        }

        return seated;
    }

    /// <summary>What everyone fits once this member has that seat for good: he no other (or none, if it does not fit him), the others all but it.</summary>
    private static ulong[] Give(ulong[] fits, int seat, int member) =>
        [.. fits.Select((seats, one) => one == member ? seats & (1UL << seat) : seats & ~(1UL << seat))];

    private static bool CanAllSit(ulong[] fits)
    {
        var members = new DrawnOrder(fits, Employers: new int[fits.Length], SeatCount: fits.Length, MaxPerEmployer: fits.Length);
        return new SeatMatching(members).CanComplete([.. Enumerable.Range(0, fits.Length)], after: fits.Length - 1);
    }
}
