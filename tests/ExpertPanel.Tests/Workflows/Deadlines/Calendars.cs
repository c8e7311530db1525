using ExpertPanel.Server.Deadlines;
using ExpertPanel.Workflows.Deadlines;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Deadlines;

/// <summary>The real seed files, as every test here should count with them.</summary>
internal static class Calendars
{
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "seeds", "calendars");

    internal static WorkingCalendar National { get; } = new CalendarStore(Folder).National;

    /// <summary>What was known before the notice of 13 May 2015 made 3 September a holiday.</summary>
    internal static WorkingCalendar BeforeMay2015 { get; } = Without2015September();

    internal static DeadlineRule WorkingDays(int value) =>
        new("test.working", Version: 1, value, DayUnit.WorkingDay, "规则第一条", "matter.accepted");

    internal static DeadlineRule CalendarDays(int value) =>
        new("test.calendar", Version: 1, value, DayUnit.CalendarDay, "规则第二条", "matter.accepted");

    internal static DateOnly Day(int year, int month, int day) => new(year, month, day);

    internal static DateTimeOffset At(int year, int month, int day, int hour = 10) => ChinaTime.At(Day(year, month, day), hour);

    internal static CalendarYear Read(int year)
    {
        var reading = WorkingCalendarJson.Parse(File.ReadAllText(Path.Combine(Folder, $"{year}.json")));
        Assert.Empty(reading.Faults);
        Assert.NotNull(reading.Year);
        return reading.Year;
    }

    private static WorkingCalendar Without2015September()
    {
        var published = Read(2015);
        return new WorkingCalendar([published with
        {
            Holidays = [.. published.Holidays.Where(day => day.Date != Day(2015, 9, 3) && day.Date != Day(2015, 9, 4))],
            MakeUpWorkdays = [.. published.MakeUpWorkdays.Where(day => day.Date != Day(2015, 9, 6))],
        }]);
    }
}
