using System.Text.Json.Serialization;

namespace ExpertPanel.Workflows.Deadlines;

[JsonConverter(typeof(JsonStringEnumConverter<DeadlineLight>))]
public enum DeadlineLight
{
    Green,
    Yellow,
    Red,
    Paused,
    Met,
}

[JsonConverter(typeof(JsonStringEnumConverter<DeadlineWarningKind>))]
public enum DeadlineWarningKind
{
    HalfUsed,
    OneDayLeft,
    Overdue,
}

/// <summary>A moment at which someone should be told.</summary>
public sealed record DeadlineWarning(DeadlineWarningKind Kind, DateTimeOffset At);

/// <summary>How a deadline looks on the desk and when it speaks up.</summary>
public static class DeadlineLights
{
    /// <summary>Officials open the desk at nine; nobody is written to at midnight.</summary>
    private const int WarningHour = 9;

    /// <summary>Yellow from the day on which half of the days, rounded up, are used; red from the end of the due day.</summary>
    public static DeadlineLight Light(this Deadline deadline, DateTimeOffset now) => deadline switch
    {
        { MetAt: not null } => DeadlineLight.Met,
        _ when deadline.IsLate(now) => DeadlineLight.Red,
        { IsPaused: true } => DeadlineLight.Paused,
        _ when ChinaTime.LocalDate(now) >= (deadline.HalfWay ?? deadline.Due) => DeadlineLight.Yellow,
        _ => DeadlineLight.Green,
    };

    /// <summary>
    /// In order of time: at half, on the last working day before the due day, and when overdue. None while paused or
    /// once met. What would lie before the clock (last) started is left out; where half and one day before coincide,
    /// the more urgent one stays.
    /// </summary>
    public static IReadOnlyList<DeadlineWarning> Warnings(this Deadline deadline, WorkingCalendar calendar)
    {
        if (deadline.MetAt is not null || deadline.IsPaused)
            return [];
        var running = deadline.Pauses is [.., { To: { } resumed }] ? resumed : deadline.Start;
        var half = ChinaTime.At(deadline.HalfWay ?? deadline.Due, WarningHour);
        var dayBefore = ChinaTime.At(calendar.PreviousWorkingDay(deadline.Due), WarningHour);
        DeadlineWarning[] all =
        [
            new(DeadlineWarningKind.HalfUsed, half),
            new(DeadlineWarningKind.OneDayLeft, dayBefore),
            new(DeadlineWarningKind.Overdue, deadline.DueAt),
        ];
        return [.. all
            .Where(warning => warning.Kind != DeadlineWarningKind.HalfUsed || half != dayBefore)
            .Where(warning => warning.Kind == DeadlineWarningKind.Overdue || warning.At > running)
            .OrderBy(warning => warning.At)];
    }
}
