using System.Globalization;
using System.Text.Json;

namespace ExpertPanel.Workflows.Deadlines;

/// <summary>A year that could be read, or every fault that kept it from being read, each as <c>path: what is wrong and what is expected</c>.</summary>
public sealed record CalendarYearReading(CalendarYear? Year, IReadOnlyList<string> Faults);

/// <summary>Reads one <c>expertpanel.calendar/1</c> document. An administrator imports these, so every fault is named at once.</summary>
public static class WorkingCalendarJson
{
    public const string Schema = "expertpanel.calendar/1";

    public static CalendarYearReading Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new Reading().Read(document.RootElement);
        }
        catch (JsonException fault)
        {
            return new CalendarYearReading(Year: null, [$"$: not JSON ({fault.Message})"]);
        }
    }

    private sealed class Reading
    {
        private readonly List<string> faults = [];
        private readonly Dictionary<DateOnly, string> seen = [];

        internal CalendarYearReading Read(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object)
                return new CalendarYearReading(Year: null, ["$: expected an object"]);
            if (Text(root, "schema", "schema") is { } schema && schema != Schema)
                faults.Add($"schema: \"{schema}\" is unknown, expected \"{Schema}\"");
            var year = Year(root);
            var provisional = Provisional(root);
            var source = Text(root, "source", "source") ?? "";
            var holidays = Days(root, "holidays", year);
            var makeUpWorkdays = Days(root, "makeUpWorkdays", year);
            foreach (var (day, index) in makeUpWorkdays.Select((day, index) => (day, index)))
            {
                if (day is not null && day.Date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                    faults.Add($"makeUpWorkdays[{index}].date: {day.Date:yyyy-MM-dd} is no Saturday or Sunday, so nothing is made up");
            }
            return faults.Count > 0
                ? new CalendarYearReading(Year: null, faults)
                : new CalendarYearReading(
                    new CalendarYear(year, provisional, source, [.. holidays.OfType<CalendarDay>()], [.. makeUpWorkdays.OfType<CalendarDay>()]), []);
        }

        private int Year(JsonElement root)
        {
            if (root.TryGetProperty("year", out var value) && value.ValueKind == JsonValueKind.Number
                && value.TryGetInt32(out var year) && year is >= 1949 and <= 2200)
                return year;
            faults.Add("year: expected a whole number from 1949 to 2200");
            return 0;
        }

        private bool Provisional(JsonElement root)
        {
            if (root.TryGetProperty("provisional", out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                return value.GetBoolean();
            faults.Add("provisional: expected true or false");
            return true;
        }

        private List<CalendarDay?> Days(JsonElement root, string name, int year)
        {
            if (root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array)
                return [.. list.EnumerateArray().Select((entry, index) => Day(entry, $"{name}[{index}]", year))];
            faults.Add($"{name}: expected a list, empty if there are none");
            return [];
        }

        private CalendarDay? Day(JsonElement entry, string path, int year)
        {
            if (entry.ValueKind != JsonValueKind.Object)
            {
                faults.Add($"{path}: expected an object with date and name");
                return null;
            }
            var name = Text(entry, "name", $"{path}.name");
            var written = Text(entry, "date", $"{path}.date");
            if (name is null || written is null)
                return null;
            if (!DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                faults.Add($"{path}.date: \"{written}\" is no date, expected yyyy-MM-dd");
            else if (year != 0 && date.Year != year)
                faults.Add($"{path}.date: {written} is not in {year}");
            else if (!seen.TryAdd(date, path))
                faults.Add($"{path}.date: {written} is already given at {seen[date]}");
            return new CalendarDay(date, name);
        }

        private string? Text(JsonElement parent, string property, string path)
        {
            if (parent.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
                && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text))
                return text;
            faults.Add($"{path}: expected text");
            return null;
        }
    }
}
