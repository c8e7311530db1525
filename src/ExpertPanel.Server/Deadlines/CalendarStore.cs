using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Server.Deadlines;

/// <summary>
/// The national calendars of <c>seeds/calendars</c>, read once. A missing folder or a faulty file stops the start: a
/// server that guessed holidays would set wrong legal dates without anyone noticing.
/// </summary>
public sealed class CalendarStore
{
    /// <param name="folder">Holds one <c>yyyy.json</c> per year.</param>
    public CalendarStore(string folder)
    {
        var files = Directory.GetFiles(folder, "*.json");
        if (files.Length == 0)
            throw new InvalidDataException($"No calendar in {folder}.");
        National = new WorkingCalendar(files.Order(StringComparer.Ordinal).Select(Read));
    }

    public WorkingCalendar National { get; }

    /// <summary>The national calendar with one place's own days laid over it.</summary>
    public WorkingCalendar WithLocalDays(IEnumerable<LocalDay> days) => National.WithLocalDays(days);

    private static CalendarYear Read(string file)
    {
        var reading = WorkingCalendarJson.Parse(File.ReadAllText(file));
        if (reading.Year is not { } year)
            throw new InvalidDataException($"{file}: {string.Join("; ", reading.Faults)}");
        return Path.GetFileNameWithoutExtension(file) == $"{year.Year}"
            ? year
            : throw new InvalidDataException($"{file}: holds the year {year.Year}; the file is named after its year.");
    }
}
