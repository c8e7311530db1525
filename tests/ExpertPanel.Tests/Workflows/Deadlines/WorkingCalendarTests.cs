using ExpertPanel.Workflows.Deadlines;
using Xunit;
using static ExpertPanel.Tests.Workflows.Deadlines.Calendars;

namespace ExpertPanel.Tests.Workflows.Deadlines;

public sealed class WorkingCalendarTests
{
    [Theory]
    [InlineData(2014, 250)]
    [InlineData(2015, 249)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void A_year_has_as_many_working_days_as_its_notice_gives(int year, int expected) =>
        Assert.Equal(expected, National.WorkingDaysInYear(year));

    [Fact]
    public void Every_year_from_2004_to_2026_is_published_and_2027_is_provisional()
    {
        Assert.All(Enumerable.Range(2004, 23), year => Assert.False(National.IsProvisional(year)));
        Assert.True(National.IsProvisional(2027));
    }

    [Theory]
    [InlineData("2015-01-04", "元旦")]
    [InlineData("2014-10-11", "国庆节")]
    [InlineData("2005-12-31", "元旦")]
    public void A_make_up_weekend_day_is_worked_and_named(string date, string name)
    {
        var day = DateOnly.ParseExact(date, "yyyy-MM-dd");
        Assert.True(National.IsWorkingDay(day));
        Assert.Equal(name, National.DayName(day));
    }

    [Fact]
    public void The_victory_day_of_2015_is_a_holiday()
    {
        Assert.False(National.IsWorkingDay(Day(2015, 9, 3)));
        Assert.False(National.IsWorkingDay(Day(2015, 9, 4)));
        Assert.True(National.IsWorkingDay(Day(2015, 9, 6)));
    }

    [Fact]
    public void The_holidays_of_2027_follow_the_lunar_calendar()
    {
        var moon = new System.Globalization.ChineseLunisolarCalendar();
        Assert.Equal(0, moon.GetLeapMonth(2027));
        var lunar = new[] { (1, 1, "春节"), (5, 5, "端午节"), (8, 15, "中秋节") };
        Assert.All(lunar, feast =>
            Assert.Equal(feast.Item3, National.DayName(DateOnly.FromDateTime(moon.ToDateTime(2027, feast.Item1, feast.Item2, 0, 0, 0, 0)))));
        Assert.Equal(13, Read(2027).Holidays.Count);
        Assert.Empty(Read(2027).MakeUpWorkdays);
    }

    [Fact]
    public void A_year_without_data_is_monday_to_friday_and_provisional()
    {
        Assert.True(National.IsProvisional(2031));
        Assert.True(National.IsWorkingDay(Day(2031, 10, 1)));
        Assert.False(National.IsWorkingDay(Day(2031, 10, 4)));
        Assert.Null(National.DayName(Day(2031, 10, 1)));
    }

    [Fact]
    public void Counting_undoes_adding()
    {
        for (var start = Day(2013, 12, 1); start < Day(2015, 3, 1); start = start.AddDays(1))
        {
            var end = National.AddWorkingDays(start, 9);
            Assert.True(National.IsWorkingDay(end));
            Assert.Equal(9, National.WorkingDaysBetween(start, end));
        }
    }

    [Fact]
    public void The_neighbours_of_a_holiday_are_found_across_it()
    {
        Assert.Equal(Day(2014, 10, 8), National.NextWorkingDay(Day(2014, 9, 30)));
        Assert.Equal(Day(2014, 9, 30), National.PreviousWorkingDay(Day(2014, 10, 8)));
        Assert.Equal(Day(2014, 10, 8), National.WorkingDayOnOrAfter(Day(2014, 10, 5)));
        Assert.Equal(Day(2014, 10, 8), National.WorkingDayOnOrAfter(Day(2014, 10, 8)));
        Assert.Equal(0, National.WorkingDaysBetween(Day(2014, 10, 8), Day(2014, 10, 8)));
        Assert.Equal(0, National.WorkingDaysBetween(Day(2014, 10, 9), Day(2014, 9, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => National.AddWorkingDays(Day(2014, 1, 1), -1));
    }

    [Fact]
    public void A_local_festival_outweighs_the_national_notice()
    {
        var linxia = National.WithLocalDays(
            [new LocalDay(Day(2014, 7, 29), IsWorking: false, "开斋节"), new LocalDay(Day(2014, 10, 7), IsWorking: true, "调班")]);
        Assert.False(linxia.IsWorkingDay(Day(2014, 7, 29)));
        Assert.Equal("开斋节", linxia.DayName(Day(2014, 7, 29)));
        Assert.True(linxia.IsWorkingDay(Day(2014, 10, 7)));
        Assert.True(National.IsWorkingDay(Day(2014, 7, 29)));
        Assert.Equal(National.WorkingDaysInYear(2014), linxia.WorkingDaysInYear(2014));
    }

    [Fact]
    public void The_version_follows_the_content()
    {
        Assert.Equal(new WorkingCalendar([Read(2015), Read(2014)]).Version, new WorkingCalendar([Read(2014), Read(2015)]).Version);
        Assert.NotEqual(BeforeMay2015.Version, new WorkingCalendar([Read(2015)]).Version);
        Assert.NotEqual(new WorkingCalendar([Read(2014) with { Provisional = true }]).Version, new WorkingCalendar([Read(2014)]).Version);
        var overlaid = National.WithLocalDays([new LocalDay(Day(2014, 7, 29), IsWorking: false, "开斋节")]);
        Assert.StartsWith(National.Version + "+", overlaid.Version, StringComparison.Ordinal);
        Assert.Equal(National.Version, overlaid.WithLocalDays([]).Version);
        Assert.Equal("v7", new WorkingCalendar([], "v7").Version);
    }
}
