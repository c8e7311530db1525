namespace ExpertPanel.Workflows.Deadlines;

/// <summary>A named day of the State Council's yearly notice, or of its make-up list.</summary>
public sealed record CalendarDay(DateOnly Date, string Name);

/// <summary>
/// The published arrangement of one year. <paramref name="Provisional"/> marks a year whose notice is not out yet,
/// so that only the holidays fixed by law are known and a deadline in it may still move.
/// </summary>
public sealed record CalendarYear(
    int Year,
    bool Provisional,
    string Source,
    IReadOnlyList<CalendarDay> Holidays,
    IReadOnlyList<CalendarDay> MakeUpWorkdays);

/// <summary>
/// A day one place keeps differently: 放假办法 art. 4 lets minority areas set holidays for their own festivals
/// (临夏, 甘南). It outweighs the national notice.
/// </summary>
public sealed record LocalDay(DateOnly Date, bool IsWorking, string Name);
