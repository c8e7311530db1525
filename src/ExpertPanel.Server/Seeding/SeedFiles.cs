using System.Text.Json;

namespace ExpertPanel.Server.Seeding;

/// <summary>The seeds folder: data only, travelling with the program.</summary>
public sealed class SeedFiles(string folder)
{
    /// <summary>Beside the program, wherever it was published to.</summary>
    public static SeedFiles BesideProgram { get; } = new(Path.Combine(AppContext.BaseDirectory, "seeds"));

    public string Calendars => Path.Combine(folder, "calendars");

    public string Route => File.ReadAllText(Path.Combine(folder, "routes", "legality-review.json"));

    public string Rules => File.ReadAllText(Path.Combine(folder, "rules", "default.json"));

    /// <summary>The table of organisations' names that a new committee begins with.</summary>
    public string Organisations => File.ReadAllText(Path.Combine(folder, "organisations", "default.json"));

    /// <summary>The places in the office's fixed order: province, prefectures, counties.</summary>
    public IReadOnlyList<Place> Places()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "divisions", "gansu.json")));
        return [.. file.RootElement.GetProperty("places").Deserialize<List<Place>>(JsonSerializerOptions.Web) ?? []];
    }

    /// <summary>The demo bank, one dictionary a row.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> DemoExperts()
    {
        var lines = File.ReadAllLines(Path.Combine(folder, "demo", "experts.csv"));
        var columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => columns.Zip(line.Split(',')).ToDictionary(p => p.First, p => p.Second))];
    }

    /// <summary>A file of the demo province.</summary>
    public string Demo(string name) => File.ReadAllText(Path.Combine(folder, "demo", name));

    /// <summary>The codes of the fields of law.</summary>
    public IReadOnlyList<string> SpecialtyCodes()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "specialties", "specialties.json")));
        return [.. file.RootElement.GetProperty("specialties").EnumerateArray().Select(s => s.GetProperty("code").GetString() ?? "")];
    }

    public sealed record Place(string Code, string Name, string Level, string? Parent);
}
