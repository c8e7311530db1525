namespace ExpertPanel.Workflows.Deadlines;

/// <summary>
/// Starts, stops and moves deadlines. Each function is asked twice without harm, and a due date that changes leaves the
/// old one in <see cref="Deadline.History"/>.
/// </summary>
public static class DeadlineClock
{
    public static Deadline Start(DeadlineRule rule, DateTimeOffset start, WorkingCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rule.Value);
        var deadline = new Deadline { Rule = rule, Start = start, Due = default, CalendarVersion = calendar.Version };
        return deadline with { Due = DueDate.Of(deadline, calendar), HalfWay = DueDate.HalfWay(deadline, calendar) };
    }

    /// <summary>Stops the clock. The due date stands until <see cref="Resume"/> computes a new one. Nothing happens to what is paused or met.</summary>
    public static Deadline Pause(this Deadline deadline, DateTimeOffset at, string cause) =>
        deadline.IsPaused || deadline.MetAt is not null
            ? deadline
            : deadline with { Pauses = [.. deadline.Pauses, new DeadlinePause(at, To: null, cause)] };

    /// <summary>
    /// Starts the clock again with the whole days that were left. The day of the pause counts as used; the day of the
    /// resumption does not count, as a start day does not; the days left (working or calendar, as the rule says) are
    /// added from it. So a pause within one day costs and gains nothing. A pause that began on the due day leaves the
    /// rest of the day of resumption. A pause that began after the due day changes nothing: late stays late.
    /// </summary>
    public static Deadline Resume(this Deadline deadline, DateTimeOffset at, WorkingCalendar calendar)
    {
        if (!deadline.IsPaused)
            return deadline;
        var open = deadline.Pauses[^1];
        ArgumentOutOfRangeException.ThrowIfLessThan(at, open.From);
        var resumed = deadline with { Pauses = [.. deadline.Pauses.SkipLast(1), open with { To = at }] };
        return deadline.MetAt is null ? Moved(resumed, calendar, DueDateChangeReason.Resumed, at) : resumed;
    }

    /// <summary>Adds days of the rule's unit, once. Null when it was extended before or is met: the command refuses.</summary>
    public static Deadline? Extend(
        this Deadline deadline, int extraDays, string approver, string reason, DateTimeOffset at, WorkingCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(extraDays);
        ArgumentException.ThrowIfNullOrWhiteSpace(approver);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (!deadline.CanExtend)
            return null;
        var extended = deadline with { Extension = new DeadlineExtension(extraDays, approver, reason, at) };
        return Moved(extended, calendar, DueDateChangeReason.Extended, at);
    }

    /// <summary>加急: other days from the same start, for the reason given as their source. Pauses and the extension stay; whether it is shorter is for the command to ask.</summary>
    public static Deadline Shorten(this Deadline deadline, int days, string source, DateTimeOffset at, WorkingCalendar calendar) =>
        Moved(deadline with { Rule = deadline.Rule with { Value = days, Source = source } }, calendar, DueDateChangeReason.Expedited, at);

    /// <summary>
    /// Computes anew with another calendar. When its days stay, so does the record, with the calendar version they
    /// came from. What is met is history and is left alone.
    /// </summary>
    public static Deadline Recompute(this Deadline deadline, WorkingCalendar calendar, DateTimeOffset now) =>
        deadline.MetAt is not null || (DueDate.Of(deadline, calendar) == deadline.Due && DueDate.HalfWay(deadline, calendar) == deadline.HalfWay)
            ? deadline
            : Moved(deadline, calendar, DueDateChangeReason.CalendarChanged, now);

    /// <summary>What was asked for is done. The first moment counts.</summary>
    public static Deadline Meet(this Deadline deadline, DateTimeOffset at) =>
        deadline.MetAt is null ? deadline with { MetAt = at } : deadline;

    private static Deadline Moved(Deadline deadline, WorkingCalendar calendar, DueDateChangeReason why, DateTimeOffset at)
    {
        var due = DueDate.Of(deadline, calendar);
        return deadline with
        {
            Due = due,
            HalfWay = DueDate.HalfWay(deadline, calendar),
            CalendarVersion = calendar.Version,
            History = due == deadline.Due
                ? deadline.History
                : [.. deadline.History, new DueDateChange(deadline.Due, deadline.CalendarVersion, why, at)],
        };
    }
}
