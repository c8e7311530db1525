using System.Text.Json;
using ExpertPanel.Server.Resources;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>A field of law that experts are asked for.</summary>
public sealed record Specialty(string Code, string Name, string English)
{
    public string Label => Words.InEnglish ? English : Name;
}

/// <summary>The specialties of <c>seeds/specialties</c>, read once.</summary>
public sealed class SpecialtyList
{
    /// <param name="file">The seed file.</param>
    public SpecialtyList(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        All = document.RootElement.GetProperty("specialties").Deserialize<List<Specialty>>(JsonSerializerOptions.Web) ?? [];
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in All)
            foreach (var name in new[] { one.Code, one.Name, one.English }) names.TryAdd(name, one.Code);
        ByName = names;
    }

    public IReadOnlyList<Specialty> All { get; }

    /// <summary>The code of each code and name, in both languages.</summary>
    public IReadOnlyDictionary<string, string> ByName { get; }

    /// <summary>The name of a code; a code of the committee's own stands for itself.</summary>
    public string Label(string code) => All.FirstOrDefault(s => s.Code == code)?.Label ?? code;

    public string Labels(IEnumerable<string> codes) => string.Join('、', codes.Select(Label));
}
