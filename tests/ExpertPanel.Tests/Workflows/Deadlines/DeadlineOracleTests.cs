using ExpertPanel.Workflows.Deadlines;
using Xunit;
using static ExpertPanel.Tests.Workflows.Deadlines.Calendars;

namespace ExpertPanel.Tests.Workflows.Deadlines;

/// <summary>Dates worked out by hand from the notices.</summary>
public sealed class DeadlineOracleTests
{
    [Theory]
    [InlineData("2014-09-26", 5, "2014-10-09")]
    [InlineData("2014-09-26", 7, "2014-10-11")]
    [InlineData("2014-09-26", 15, "2014-10-22")]
    [InlineData("2014-12-31", 5, "2015-01-08")]
    [InlineData("2015-08-28", 7, "2015-09-09")]
    [InlineData("2026-02-13", 7, "2026-03-02")]
    public void Working_days_skip_holidays_and_use_make_up_days(string start, int days, string due) =>
        Assert.Equal(due, Due(WorkingDays(days), start));

    [Fact]
    public void A_calendar_period_that_ends_on_a_holiday_moves_to_the_next_working_day() =>
        Assert.Equal("2014-10-08", Due(CalendarDays(30), "2014-09-05"));

    [Fact]
    public void A_calendar_period_that_ends_on_a_made_up_saturday_stays_there() =>
        Assert.Equal("2014-10-11", Due(CalendarDays(3), "2014-10-08"));

    [Fact]
    public void A_matter_received_at_one_minute_to_midnight_in_beijing_starts_that_day()
    {
        var utc = new DateTimeOffset(2014, 9, 26, 15, 59, 0, TimeSpan.Zero);
        Assert.Equal(Day(2014, 10, 9), DeadlineClock.Start(WorkingDays(5), utc, National).Due);
        Assert.Equal(Day(2014, 10, 10), DeadlineClock.Start(WorkingDays(5), utc.AddDays(2), National).Due);
        Assert.Equal(Day(2014, 10, 11), DeadlineClock.Start(WorkingDays(5), utc.AddDays(2).AddMinutes(1), National).Due);
    }

    [Fact]
    public void A_start_on_a_holiday_counts_from_the_next_working_day() =>
        Assert.Equal("2014-10-08", Due(WorkingDays(1), "2014-10-03"));

    [Fact]
    public void A_start_day_that_counts_is_the_first_day()
    {
        Assert.Equal("2014-10-08", Due(WorkingDays(5) with { StartDayExcluded = false }, "2014-09-26"));
        Assert.Equal("2014-09-26", Due(CalendarDays(1) with { StartDayExcluded = false }, "2014-09-26"));
    }

    [Theory]
    [InlineData("2014-09-26", "2014-09-26")]
    [InlineData("2014-10-03", "2014-10-08")]
    public void No_days_at_all_means_the_same_working_day(string start, string due)
    {
        Assert.Equal(due, Due(WorkingDays(0), start));
        Assert.Equal(due, Due(WorkingDays(0) with { StartDayExcluded = false }, start));
    }

    [Fact]
    public void The_due_day_lasts_until_its_midnight_in_beijing()
    {
        var deadline = DeadlineClock.Start(WorkingDays(7), At(2014, 9, 26), National);
        Assert.Equal(new DateTimeOffset(2014, 10, 11, 16, 0, 0, TimeSpan.Zero), deadline.DueAt);
        Assert.False(deadline.IsLate(deadline.DueAt.AddTicks(-1)));
        Assert.True(deadline.IsLate(deadline.DueAt));
    }

    [Fact]
    public void A_negative_number_of_days_is_no_rule() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DeadlineClock.Start(WorkingDays(-1), At(2014, 9, 26), National));

    private static string Due(DeadlineRule rule, string start) =>
        DeadlineClock.Start(rule, ChinaTime.At(DateOnly.ParseExact(start, "yyyy-MM-dd"), 9), National).Due.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
