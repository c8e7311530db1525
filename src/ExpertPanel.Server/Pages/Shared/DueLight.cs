using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>A deadline as a list shows it, from the columns a list has; the matter's own page shows the deadline itself.</summary>
/// <param name="DaysLeft">Working days to the due day; negative when past.</param>
public sealed record DueLight(DeadlineLight Light, DateOnly Due, int DaysLeft)
{
    public static DueLight? Of(DateOnly? due, DateTimeOffset since, bool paused, DateTimeOffset now, WorkingCalendar calendar)
    {
        if (due is not { } day) return null;
        var (today, start) = (ChinaTime.LocalDate(now), ChinaTime.LocalDate(since));
        var left = today <= day ? calendar.WorkingDaysBetween(today, day) : -calendar.WorkingDaysBetween(day, today);
        var light = paused ? DeadlineLight.Paused
            : today > day ? DeadlineLight.Red
            : today >= HalfWay(start, day, calendar) ? DeadlineLight.Yellow
            : DeadlineLight.Green;
        return new(light, day, left);
    }

    private static DateOnly HalfWay(DateOnly start, DateOnly due, WorkingCalendar calendar) =>
        start >= due ? due : calendar.AddWorkingDays(start, (calendar.WorkingDaysBetween(start, due) + 1) / 2);
}
