namespace ExpertPanel.Workflows.Deadlines;

/// <summary>Legal dates are Beijing dates. The offset has been fixed since 1991, so no time zone database is asked.</summary>
public static class ChinaTime
{
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    public static DateOnly LocalDate(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>The midnight that ends the day: the first moment that no longer belongs to it.</summary>
    public static DateTimeOffset EndOfDay(DateOnly day) => At(day.AddDays(1), 0);

    public static DateTimeOffset At(DateOnly day, int hour) => new(day.ToDateTime(new TimeOnly(hour, 0)), Offset);
}
