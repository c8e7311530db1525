using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>A running or paused deadline as it is shown, on the matter's own page and, from the row's columns, in a list.</summary>
/// <param name="DaysLeft">Working days to the due day; negative when past.</param>
public sealed record DueLight(DeadlineLight Light, DateOnly Due, int DaysLeft)
{
    public static DueLight Of(Deadline deadline, DateTimeOffset now, WorkingCalendar calendar) =>
        new(deadline.Light(now), deadline.Due, Left(ChinaTime.LocalDate(now), deadline.Due, calendar));

    /// <summary>The same light as <see cref="DeadlineLights.Light"/> gives, for a deadline not yet met.</summary>
    public static DueLight? Of(DateOnly? due, DateOnly? halfWay, DateOnly? pausedOn, DateTimeOffset now, WorkingCalendar calendar)
    {
        if (due is not { } day) return null;
        var today = ChinaTime.LocalDate(now);
        // A pause that began after the due day heals nothing.
        var light = today > day && !(pausedOn <= day) ? DeadlineLight.Red
            : pausedOn is not null ? DeadlineLight.Paused
            : today >= (halfWay ?? day) ? DeadlineLight.Yellow
            : DeadlineLight.Green;
        return new(light, day, Left(today, day, calendar));
    }

    /// <summary>The review's light in a list; none once it is met.</summary>
    public static DueLight? OfReview(MatterRow row, DateTimeOffset now, WorkingCalendar calendar) =>
        row.ReviewMetAt is null && row.ClosedAt is null ? Of(row.ReviewDue, row.ReviewHalfWay, row.ReviewPausedOn, now, calendar) : null;

    private static int Left(DateOnly today, DateOnly due, WorkingCalendar calendar) =>
        today <= due ? calendar.WorkingDaysBetween(today, due) : -calendar.WorkingDaysBetween(due, today);
}
