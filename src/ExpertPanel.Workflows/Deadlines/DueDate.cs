namespace ExpertPanel.Workflows.Deadlines;

/// <summary>The due date is always derived whole from the facts (start, rule, pauses, extension), never from an earlier due date.</summary>
internal static class DueDate
{
    internal static DateOnly Of(Deadline deadline, WorkingCalendar calendar) =>
        calendar.WorkingDayOnOrAfter(DayReached(deadline, deadline.TotalDays, calendar));

    /// <summary>The day on which half of the days, rounded up, are used.</summary>
    internal static DateOnly HalfWay(Deadline deadline, WorkingCalendar calendar) =>
        DayReached(deadline, (deadline.TotalDays + 1) / 2, calendar);

    private static DateOnly DayReached(Deadline deadline, int days, WorkingCalendar calendar)
    {
        var unit = deadline.Rule.Unit;
        var startDay = ChinaTime.LocalDate(deadline.Start);
        var day = deadline.Rule.StartDayExcluded || days == 0 ? startDay : startDay.AddDays(-1);
        var left = days;
        foreach (var pause in deadline.Pauses)
        {
            var from = ChinaTime.LocalDate(pause.From);
            if (pause.To is not { } to || from > calendar.WorkingDayOnOrAfter(Add(day, left, unit, calendar)))
                break;
            left = Math.Max(0, left - Count(day, from, unit, calendar));
            day = ChinaTime.LocalDate(to);
        }
        return Add(day, left, unit, calendar);
    }

    private static DateOnly Add(DateOnly day, int count, DayUnit unit, WorkingCalendar calendar) =>
        unit == DayUnit.WorkingDay ? calendar.AddWorkingDays(day, count) : day.AddDays(count);

    private static int Count(DateOnly from, DateOnly to, DayUnit unit, WorkingCalendar calendar) =>
        unit == DayUnit.WorkingDay ? calendar.WorkingDaysBetween(from, to) : Math.Max(0, to.DayNumber - from.DayNumber);
}
