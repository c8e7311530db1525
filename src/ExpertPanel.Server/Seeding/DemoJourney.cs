using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Server.Seeding;

/// <summary>One act of a matter's way and who does it.</summary>
internal sealed record DemoAct(MatterCommand Command, Actor Actor);

/// <summary>A made-up matter on its way: when its acts happen, and which of its turns it has taken.</summary>
internal sealed class DemoJourney(DemoMatter matter, int index, WorkingCalendar calendar, DateTimeOffset end)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly IEnumerator<DateTimeOffset> times = Times(matter.Started, index, calendar, end).GetEnumerator();

    public DemoMatter Plan => matter;

    public int Index => index;

    public Guid? MatterId { get; set; }

    /// <summary>Acts still to do in the last stage.</summary>
    public int Further { get; set; } = matter.Further;

    /// <summary>Whether the plan has this turn and it was not taken before; now it is.</summary>
    public bool Takes(string turn) => matter.Has(turn) && taken.Add(turn);

    /// <summary>The moment of the next act; the present once the planned days are used up.</summary>
    public DateTimeOffset NextTime() => times.MoveNext() ? times.Current : end;

    /// <summary>Two acts a working day, a few minutes apart from those of the other matters.</summary>
    private static IEnumerable<DateTimeOffset> Times(int started, int index, WorkingCalendar calendar, DateTimeOffset end)
    {
        var day = ChinaTime.LocalDate(end);
        for (var back = 0; back < started; back++) day = calendar.PreviousWorkingDay(day);
        for (; day <= ChinaTime.LocalDate(end); day = calendar.NextWorkingDay(day))
        {
            foreach (var hour in new[] { 9, 15 })
            {
                var at = ChinaTime.At(day, hour).AddMinutes((index * 4) + 5);
                yield return at < end ? at : end;
            }
        }
    }
}
