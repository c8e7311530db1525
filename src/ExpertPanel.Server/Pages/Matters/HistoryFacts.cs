using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>One fact of a history row as people read it.</summary>
public sealed record ReadableFact(string Called, IReadOnlyList<FactField> Fields);

public sealed record FactField(string Label, string Value);

/// <summary>Reads the stored facts of a history row back into words. What a later version no longer knows is shown as it is stored.</summary>
public sealed class HistoryFacts(Words words, Route route)
{
    private static readonly Dictionary<string, FieldAttribute> Described = MatterCommands.Commands.Values.SelectMany(CommandField.Of)
        .GroupBy(f => f.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Description, StringComparer.Ordinal);

    private static readonly string StageEntry = MatterCommands.NameOf(typeof(StageEntered));

    public IReadOnlyList<ReadableFact> Read(string command, string facts)
    {
        var own = MatterCommands.Commands.TryGetValue(command, out var type) ? CommandField.Of(type).ToDictionary(f => f.Name, f => f.Description, StringComparer.Ordinal) : [];
        // The stage has a column of its own.
        return [.. (JsonSerializer.Deserialize<List<StoredFact>>(facts, MatterCommands.Json) ?? []).Where(f => f.Type != StageEntry).Select(f => Read(f, own))];
    }

    private ReadableFact Read(StoredFact stored, Dictionary<string, FieldAttribute> own)
    {
        var called = words["Fact." + stored.Type];
        if (!MatterCommands.Events.TryGetValue(stored.Type, out var type)) return new(stored.Type, [new("", stored.Data.GetRawText())]);
        try
        {
            return new(called, stored.Data.Deserialize(type, MatterCommands.Json) is { } fact ? [.. Fields(fact, stored.Type, own)] : []);
        }
        catch (JsonException)
        {
            return new(called, [new("", stored.Data.GetRawText())]);
        }
    }

    private IEnumerable<FactField> Fields(object subject, string fact, Dictionary<string, FieldAttribute> own)
    {
        foreach (var property in subject.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is not null || property.Name is "At" or "EqualityContract" || property.GetIndexParameters().Length > 0) continue;
            var value = property.GetValue(subject);
            if (value is null or "" or Guid or ICollection { Count: 0 }) continue;
            if (Text(property.Name, value) is { } text)
            {
                if (text.Length > 0) yield return new(Label(fact, property.Name, own), text);
            }
            else
                foreach (var inner in Fields(value, fact, own)) yield return inner;
        }
    }

    /// <summary>A value in words; null where it is a record whose own fields are to be read.</summary>
    private string? Text(string name, object value) => value switch
    {
        string stage when name == "Stage" => route.Stages.FirstOrDefault(s => s.Id == stage) is { } known ? Words.Of(known.Name) : stage,
        string text => text,
        Enum choice => words.Of(choice),
        bool on => words[on ? "Form.Yes" : "Form.No"],
        DateOnly day => day == default ? "" : Words.Day(day),
        DateTimeOffset moment => moment == default ? "" : Words.Moment(moment),
        Person person => person.Name,
        Deadline deadline => Words.Day(deadline.Due),
        Seat seat => seat.Id,
        Invitation invitation => words["History.Seated", invitation.ExpertName, invitation.Seat],
        OpinionFile file => file.Name,
        AdoptionItem item => $"{item.Suggestion}：{(item.Adopted is { } adopted ? words.Of(adopted) : "")} {item.Reason}",
        Tally tally => words["Summary.Tally", tally.Lawful, tally.WithChanges, tally.Unlawful, tally.Abstain],
        LegalOpinion or LetterDue => null,
        IEnumerable items => string.Join(words["List.Separator"], items.Cast<object>().Select(i => Text(name, i) ?? "").Where(t => t.Length > 0)),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    private string Label(string fact, string name, Dictionary<string, FieldAttribute> own)
    {
        if (words.Find($"Field.{fact}.{name}") is { } special) return special;
        if (own.TryGetValue(name, out var says)) return Words.Label(says);
        var key = "Field." + name;
        var text = words[key];
        return text != key ? text : Described.TryGetValue(name, out var other) ? Words.Label(other) : name;
    }

    private sealed record StoredFact(string Type, JsonElement Data);
}
