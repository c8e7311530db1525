using ExpertPanel.Server.Deadlines;
using ExpertPanel.Workflows.Deadlines;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Deadlines;

public sealed class WorkingCalendarJsonTests
{
    private const string Good = """
        { "schema": "expertpanel.calendar/1", "year": 2015, "provisional": false, "source": "notice",
          "holidays": [ { "date": "2015-01-01", "name": "元旦" } ], "makeUpWorkdays": [ { "date": "2015-01-04", "name": "元旦" } ] }
        """;

    [Fact]
    public void A_good_year_is_read()
    {
        var reading = WorkingCalendarJson.Parse(Good);
        Assert.Empty(reading.Faults);
        Assert.NotNull(reading.Year);
        Assert.Equal((2015, false, "notice"), (reading.Year.Year, reading.Year.Provisional, reading.Year.Source));
        Assert.Equal([new CalendarDay(new DateOnly(2015, 1, 4), "元旦")], reading.Year.MakeUpWorkdays);
    }

    [Theory]
    [InlineData("calendar/1", "calendar/9", "schema:")]
    [InlineData("2015,", "\"2015\",", "year:")]
    [InlineData("2015,", "20.5,", "year:")]
    [InlineData("false", "\"no\"", "provisional:")]
    [InlineData("\"notice\"", "\" \"", "source:")]
    [InlineData("2015-01-01", "2015-1-1", "holidays[0].date:")]
    [InlineData("2015-01-01", "2015-02-30", "holidays[0].date:")]
    [InlineData("2015-01-01", "2016-01-01", "holidays[0].date:")]
    [InlineData("2015-01-01", "2015-01-04", "makeUpWorkdays[0].date:")]
    [InlineData("2015-01-04", "2015-01-05", "makeUpWorkdays[0].date:")]
    [InlineData("{ \"date\": \"2015-01-01\", \"name\": \"元旦\" }", "7", "holidays[0]:")]
    [InlineData("holidays", "holiday", "holidays:")]
    public void Each_fault_is_named_by_its_place(string good, string bad, string place)
    {
        var reading = WorkingCalendarJson.Parse(Good.Replace(good, bad, StringComparison.Ordinal));
        Assert.Null(reading.Year);
        Assert.StartsWith(place, Assert.Single(reading.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"year\": ")]
    [InlineData("null")]
    public void What_is_no_calendar_at_all_has_one_fault(string json)
    {
        var reading = WorkingCalendarJson.Parse(json);
        Assert.Null(reading.Year);
        Assert.StartsWith("$:", Assert.Single(reading.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_object_lacks_everything_at_once() => Assert.Equal(6, WorkingCalendarJson.Parse("{}").Faults.Count);

    [Fact]
    public void The_store_refuses_to_guess()
    {
        var folder = Directory.CreateTempSubdirectory("calendars").FullName;
        try
        {
            Assert.Throws<InvalidDataException>(() => new CalendarStore(folder));
            File.WriteAllText(Path.Combine(folder, "2016.json"), Good);
            Assert.Contains("2015", Assert.Throws<InvalidDataException>(() => new CalendarStore(folder)).Message, StringComparison.Ordinal);
            File.Move(Path.Combine(folder, "2016.json"), Path.Combine(folder, "2015.json"));
            Assert.False(new CalendarStore(folder).National.IsProvisional(2015));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Assert.Throws<DirectoryNotFoundException>(() => new CalendarStore(folder));
    }
}
