using ExpertPanel.Workflows.Deadlines;
using Xunit;
using static ExpertPanel.Tests.Workflows.Deadlines.Calendars;

namespace ExpertPanel.Tests.Workflows.Deadlines;

public sealed class DeadlineLightTests
{
    /// <summary>Accepted Friday 26 September; 7 working days: 28, 29, 30 September, 8, 9, 10, 11 October.</summary>
    private static Deadline SevenDays => DeadlineClock.Start(WorkingDays(7), At(2014, 9, 26), National);

    [Fact]
    public void It_is_green_before_half_yellow_from_half_and_red_after_the_due_day()
    {
        Assert.Equal(DeadlineLight.Green, SevenDays.Light(At(2014, 10, 7, 23)));
        Assert.Equal(DeadlineLight.Yellow, SevenDays.Light(At(2014, 10, 8, 0)));
        Assert.Equal(DeadlineLight.Yellow, SevenDays.Light(At(2014, 10, 11, 23)));
        Assert.Equal(DeadlineLight.Red, SevenDays.Light(At(2014, 10, 12, 0)));
    }

    [Fact]
    public void It_shows_when_it_is_paused_or_met()
    {
        var paused = SevenDays.Pause(At(2014, 10, 8), "supplement");
        Assert.Equal(DeadlineLight.Paused, paused.Light(At(2014, 11, 8)));
        Assert.Equal(DeadlineLight.Met, paused.Meet(At(2014, 11, 9)).Light(At(2014, 11, 9)));
    }

    [Fact]
    public void It_warns_at_half_one_working_day_before_and_when_overdue() =>
        Assert.Equal(
            [
                new(DeadlineWarningKind.HalfUsed, At(2014, 10, 8, 9)),
                new(DeadlineWarningKind.OneDayLeft, At(2014, 10, 10, 9)),
                new(DeadlineWarningKind.Overdue, At(2014, 10, 12, 0)),
            ],
            SevenDays.Warnings(National));

    [Fact]
    public void Calendar_days_are_halved_as_calendar_days_and_the_last_warning_falls_on_a_working_day() =>
        Assert.Equal(
            [
                new(DeadlineWarningKind.HalfUsed, At(2014, 9, 20, 9)),
                new(DeadlineWarningKind.OneDayLeft, At(2014, 9, 30, 9)),
                new(DeadlineWarningKind.Overdue, At(2014, 10, 9, 0)),
            ],
            DeadlineClock.Start(CalendarDays(30), At(2014, 9, 5), National).Warnings(National));

    [Fact]
    public void A_paused_or_met_deadline_is_silent()
    {
        Assert.Empty(SevenDays.Pause(At(2014, 9, 28), "supplement").Warnings(National));
        Assert.Empty(SevenDays.Meet(At(2014, 9, 28)).Warnings(National));
    }

    [Fact]
    public void After_a_pause_the_warnings_move_along()
    {
        var resumed = SevenDays.Pause(At(2014, 9, 28), "supplement").Resume(At(2014, 10, 13), National);
        Assert.Equal(Day(2014, 10, 21), resumed.Due);
        Assert.Equal(
            [At(2014, 10, 16, 9), At(2014, 10, 20, 9), At(2014, 10, 22, 0)],
            resumed.Warnings(National).Select(warning => warning.At));
    }

    [Fact]
    public void A_pause_after_half_does_not_bring_the_half_warning_back()
    {
        var resumed = SevenDays.Pause(At(2014, 10, 9), "supplement").Resume(At(2014, 10, 13), National);
        Assert.Equal(
            [DeadlineWarningKind.OneDayLeft, DeadlineWarningKind.Overdue],
            resumed.Warnings(National).Select(warning => warning.Kind));
        Assert.Equal(DeadlineLight.Yellow, resumed.Light(At(2014, 10, 13)));
    }

    [Fact]
    public void One_day_leaves_no_time_for_a_warning_before_the_day_itself() =>
        Assert.Equal(
            [new(DeadlineWarningKind.HalfUsed, At(2014, 9, 28, 9)), new(DeadlineWarningKind.Overdue, At(2014, 9, 29, 0))],
            DeadlineClock.Start(WorkingDays(1), At(2014, 9, 26), National).Warnings(National));

    [Fact]
    public void Two_days_warn_once_for_both_half_and_the_day_before() =>
        Assert.Equal(
            [new(DeadlineWarningKind.OneDayLeft, At(2014, 9, 28, 9)), new(DeadlineWarningKind.Overdue, At(2014, 9, 30, 0))],
            DeadlineClock.Start(WorkingDays(2), At(2014, 9, 26), National).Warnings(National));
}
