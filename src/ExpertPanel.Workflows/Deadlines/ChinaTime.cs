using System.Globalization;

namespace ExpertPanel.Workflows.Deadlines;

/// <summary>Legal dates are Beijing dates. The offset has been fixed since 1991, so no time zone database is asked.</summary>
public static class ChinaTime
{
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    public static DateOnly LocalDate(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>The midnight that ends the day: the first moment that no longer belongs to it.</summary>
    public static DateTimeOffset EndOfDay(DateOnly day) => At(day.AddDays(1), 0);

    /// <summary>The day as data, such as 2014-09-26.</summary>
    public static string Iso(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The moment in Beijing as data, such as 2014-09-26 09:00.</summary>
    public static string Minute(DateTimeOffset moment) => moment.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static DateTimeOffset At(DateOnly day, int hour) => new(day.ToDateTime(new TimeOnly(hour, 0)), Offset);
}
