using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExpertPanel.Workflows.Deadlines;

/// <summary>
/// Which days are worked: Monday to Friday, less the holidays, plus the make-up days, and a place's own days above all.
/// A year without data is plain Monday to Friday and reported as provisional: a deadline into it can be computed today
/// and is recomputed when the notice comes.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly FrozenDictionary<DateOnly, LocalDay> national;
    private readonly FrozenDictionary<DateOnly, LocalDay> local;
    private readonly FrozenSet<int> publishedYears;
    private readonly string nationalVersion;

    /// <param name="years">At most one entry per year.</param>
    /// <param name="version">Left out, it is derived from the content, so equal data has an equal version.</param>
    public WorkingCalendar(IEnumerable<CalendarYear> years, string? version = null)
    {
        var all = years.OrderBy(year => year.Year).ToList();
        national = all
            .SelectMany(year => year.Holidays.Select(day => new LocalDay(day.Date, IsWorking: false, day.Name))
                .Concat(year.MakeUpWorkdays.Select(day => new LocalDay(day.Date, IsWorking: true, day.Name))))
            .ToFrozenDictionary(day => day.Date);
        publishedYears = all.Where(year => !year.Provisional).Select(year => year.Year).ToFrozenSet();
        local = FrozenDictionary<DateOnly, LocalDay>.Empty;
        nationalVersion = version ?? $"cn-{Fingerprint(all.Select(Line).Concat(national.Values.Select(Line)))}";
        Version = nationalVersion;
    }

    private WorkingCalendar(WorkingCalendar national, FrozenDictionary<DateOnly, LocalDay> local)
    {
        this.national = national.national;
        this.local = local;
        publishedYears = national.publishedYears;
        nationalVersion = national.nationalVersion;
        Version = local.Count == 0 ? nationalVersion : $"{nationalVersion}+{Fingerprint(local.Values.Select(Line))}";
    }

    /// <summary>Written into every deadline computed here; a place's own days follow after a plus sign.</summary>
    public string Version { get; }

    /// <summary>The same national data with these local days and no others; at most one per date.</summary>
    public WorkingCalendar WithLocalDays(IEnumerable<LocalDay> days) => new(this, days.ToFrozenDictionary(day => day.Date));

    public bool IsWorkingDay(DateOnly day) => Special(day)?.IsWorking ?? day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The holiday's or make-up day's name; null for an ordinary day.</summary>
    public string? DayName(DateOnly day) => Special(day)?.Name;

    /// <summary>True for a year whose notice is not (yet) in the data.</summary>
    public bool IsProvisional(int year) => !publishedYears.Contains(year);

    public int WorkingDaysInYear(int year) =>
        WorkingDaysBetween(new DateOnly(year, 1, 1).AddDays(-1), new DateOnly(year, 12, 31));

    /// <summary>The nth working day after <paramref name="start"/>, which itself never counts. Zero gives the start, worked or not.</summary>
    public DateOnly AddWorkingDays(DateOnly start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var day = start;
        for (var left = count; left > 0; left--)
            day = NextWorkingDay(day);
        return day;
    }

    /// <summary>The first working day after <paramref name="day"/>.</summary>
    public DateOnly NextWorkingDay(DateOnly day) => WorkingDayOnOrAfter(day.AddDays(1));

    /// <summary>The last working day before <paramref name="day"/>.</summary>
    public DateOnly PreviousWorkingDay(DateOnly day)
    {
        do
            day = day.AddDays(-1);
        while (!IsWorkingDay(day));
        return day;
    }

    /// <summary>The day itself when it is worked, else the next one that is.</summary>
    public DateOnly WorkingDayOnOrAfter(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>Working days after <paramref name="start"/> up to and including <paramref name="end"/>; zero when the end is not later.</summary>
    public int WorkingDaysBetween(DateOnly start, DateOnly end)
    {
        var count = 0;
        for (var number = start.DayNumber + 1; number <= end.DayNumber; number++)
        {
            if (IsWorkingDay(DateOnly.FromDayNumber(number)))
                count++;
        }
        return count;
    }

    private LocalDay? Special(DateOnly day) => local.GetValueOrDefault(day) ?? national.GetValueOrDefault(day);

    private static string Line(CalendarYear year) =>
        string.Create(CultureInfo.InvariantCulture, $"year {year.Year} {(year.Provisional ? "provisional" : "published")}");

    private static string Line(LocalDay day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Date:yyyy-MM-dd} {(day.IsWorking ? "working" : "holiday")} {day.Name}");

    private static string Fingerprint(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Order(StringComparer.Ordinal)))))[..12];
}
