using System.Text.Json;

namespace ExpertPanel.Workflows.Conflicts;

/// <summary>One body in the office's table of names: what it was or is also called, who belongs to it, who leads it.</summary>
/// <param name="Name">The present name.</param>
/// <param name="OtherNames">Old names, and short forms in use (兰大, 酒钢).</param>
/// <param name="Affiliated">关联单位: bodies of their own that count as the same interest.</param>
/// <param name="Leaders">负责人, for the rule on the sponsoring unit's people.</param>
/// <param name="Source">The document or fact that the entry rests upon.</param>
public sealed record OrganisationEntry(
    string Name, IReadOnlyList<string> OtherNames, IReadOnlyList<string> Affiliated, IReadOnlyList<string> Leaders, string Source);

/// <summary>单位名称对照表, read once for each version and asked by identity, so that a branch of an old name is found too.</summary>
public sealed class OrganisationTable
{
    private readonly Dictionary<string, List<OrganisationEntry>> named = [];
    private readonly Dictionary<string, List<OrganisationEntry>> affiliated = [];
    private readonly Dictionary<string, HashSet<string>> lines = [];

    public OrganisationTable(IReadOnlyList<OrganisationEntry> entries)
    {
        Entries = entries;
        foreach (var entry in entries)
        {
            var names = entry.OtherNames.Prepend(entry.Name).Select(OrganisationName.Parse).ToList();
            foreach (var name in names) Add(named, name.Identity, entry);
            foreach (var other in entry.Affiliated) Add(affiliated, OrganisationName.Parse(other).Identity, entry);
            foreach (var one in names.Where(n => n.Kind == OrganisationKind.Government))
                foreach (var other in names.Where(n => n.Kind == OrganisationKind.Government && n.Core != one.Core))
                    (lines.TryGetValue(one.Core, out var known) ? known : lines[one.Core] = []).Add(other.Core);
        }
    }

    public const string Schema = "expertpanel.organisations/1";

    public static OrganisationTable Empty { get; } = new([]);

    public static string Write(IReadOnlyList<OrganisationEntry> entries) => MatterCommands.Write(new OrganisationsFile(Schema, null, entries));

    /// <summary>Reads a table's document; the first fault as <c>path: what is wrong and what is expected</c>.</summary>
    public static (IReadOnlyList<OrganisationEntry>? Entries, string? Problem) Read(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<OrganisationsFile>(json, MatterCommands.Json) is not { Schema: Schema, Entries: { } entries }) return (null, $"schema: expected {Schema} with entries");
            foreach (var (index, entry) in entries.Index())
            {
                if (string.IsNullOrWhiteSpace(entry?.Name) || string.IsNullOrWhiteSpace(entry.Source)) return (null, $"entries[{index}]: expected a name and a source");
                if (entry.OtherNames is null || entry.Affiliated is null || entry.Leaders is null) return (null, $"entries[{index}]: expected the lists otherNames, affiliated and leaders");
            }

            return (entries, null);
        }
        catch (JsonException broken)
        {
            return (null, $"{broken.Path ?? "(document)"}: not readable; expected a document of schema {Schema}");
        }
    }

    public IReadOnlyList<OrganisationEntry> Entries { get; }

    /// <summary>负责人 of a body, by any of its names.</summary>
    public IEnumerable<string> LeadersOf(string organisation) => Of(named, OrganisationName.Parse(organisation).Identity).SelectMany(e => e.Leaders);

    internal OrganisationMatch? Relation(OrganisationName left, OrganisationName right)
    {
        if (named.Count == 0) return null;
        var (me, they) = (left.Identity, right.Identity);
        var (mine, theirs) = (Of(named, me), Of(named, they));
        if (mine.FirstOrDefault(theirs.Contains) is { } same) return new(NameLikeness.Renamed, Certainty.Certain, same.Source);
        var (myGroups, theirGroups) = (Of(affiliated, me), Of(affiliated, they));
        var shared = myGroups.FirstOrDefault(theirs.Contains) ?? theirGroups.FirstOrDefault(mine.Contains) ?? myGroups.FirstOrDefault(theirGroups.Contains);
        return shared is null ? null : new(NameLikeness.Affiliated, Certainty.Certain, shared.Source);
    }

    /// <summary>Whether two departments are of one line, the successor of 环保 being 生态环境.</summary>
    internal bool IsOneLine(string left, string right) => left == right || (lines.TryGetValue(left, out var others) && others.Contains(right));

    private static IReadOnlyList<OrganisationEntry> Of(Dictionary<string, List<OrganisationEntry>> index, string identity) =>
        index.TryGetValue(identity, out var found) ? found : [];

    private static void Add(Dictionary<string, List<OrganisationEntry>> index, string identity, OrganisationEntry entry)
    {
        if (!index.TryGetValue(identity, out var known)) index[identity] = known = [];
        if (!known.Contains(entry)) known.Add(entry);
    }

    private sealed record OrganisationsFile(string? Schema, string? Source, IReadOnlyList<OrganisationEntry>? Entries);
}
