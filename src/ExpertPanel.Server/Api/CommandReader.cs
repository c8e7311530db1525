using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Api;

/// <summary>
/// Reads a command from JSON by the command's own description: every slip at its field, unknown fields ignored. What only the program
/// itself fills in (stored files, evidence) is not taken from outside; a person is named by id, the name on paper comes from the account.
/// </summary>
internal sealed class CommandReader(FormChoices choices)
{
    private readonly List<FieldProblem> problems = [];

    public static (MatterCommand? Command, IReadOnlyList<FieldProblem> Problems) Read(Type type, JsonObject body, FormChoices choices)
    {
        var reader = new CommandReader(choices);
        var sound = reader.Object(type, body, "");
        if (sound.Deserialize(type, MatterCommands.Json) is not MatterCommand command) throw new InvalidOperationException($"{type.Name} can't be made from JSON.");
        // A slip of reading says more than "please fill in" at the same field.
        IReadOnlyList<FieldProblem> all = [.. reader.problems.Concat(CommandField.Check(command)).DistinctBy(p => p.Field, StringComparer.OrdinalIgnoreCase)];
        return (all.Count == 0 ? command : null, all);
    }

    /// <summary>The parameters that a caller may give.</summary>
    public static IEnumerable<(ParameterInfo Parameter, FieldAttribute Says)> Fields(Type type) =>
        from parameter in type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters()
        let says = parameter.GetCustomAttribute<FieldAttribute>()
        where says is not null || !parameter.HasDefaultValue
        select (parameter, says ?? new FieldAttribute(parameter.Name ?? "", parameter.Name ?? "") { Kind = FieldKind.Hidden });

    private JsonObject Object(Type type, JsonObject body, string prefix)
    {
        var given = body.GroupBy(p => p.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.OrdinalIgnoreCase);
        var sound = new JsonObject();
        foreach (var (parameter, says) in Fields(type))
        {
            var (name, path) = (parameter.Name ?? "", prefix + parameter.Name);
            if (given.GetValueOrDefault(name) is not { } value)
            {
                if (!says.Optional) problems.Add(new(path, $"请填写“{says.Zh}”。", $"Enter {says.En}."));
            }
            else if (Value(parameter.ParameterType, says, value, path) is { } read)
                sound[JsonNamingPolicy.CamelCase.ConvertName(name)] = read;
        }

        return sound;
    }

    private JsonNode? Value(Type type, FieldAttribute says, JsonNode value, string path)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(string)) return Text(says, value, path);
        if (bare == typeof(Person)) return OnePerson(says, value, path);
        if (bare.IsGenericType && bare.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(bare.GetGenericArguments()[0], says, value, path);
        try
        {
            // A time without an offset would mean the server's own; ISO 8601 has the offset last.
            if (bare == typeof(DateTimeOffset) && !HasOffset(value)) return Slip(says, path, "应带时区，例如 2014-09-26T09:00:00+08:00", "is a time with its offset, such as 2014-09-26T09:00:00+08:00");
            value.Deserialize(bare, MatterCommands.Json);
            return value.DeepClone();
        }
        catch (JsonException)
        {
            return Slip(says, path, $"应为{Expected(bare).Zh}", $"is {Expected(bare).En}");
        }
    }

    private JsonNode? List(Type item, FieldAttribute says, JsonNode value, string path)
    {
        if (value is not JsonArray given) return Slip(says, path, "应为列表", "is a list");
        var sound = new JsonArray();
        for (var index = 0; index < given.Count; index++)
        {
            var at = FormattableString.Invariant($"{path}[{index}]");
            JsonNode? read = given[index] switch
            {
                null => Slip(says, at, "不能是空值", "holds no null"),
                JsonObject row when item != typeof(Person) && item != typeof(string) => says.Optional && IsEmpty(item, row) ? [] : Object(item, row, at + "."),
                var one when item == typeof(string) || item == typeof(Person) => Value(item, says, one, at),
                _ => Slip(says, at, "应为对象", "is an object"),
            };
            if (read is not null) sound.Add(read);
        }

        return sound;
    }

    /// <summary>Nothing is given in any of its fields; it keeps its place, so that a path names the same row here and at the caller's.</summary>
    private static bool IsEmpty(Type item, JsonObject row) => Fields(item).All(f => row
        .Where(given => given.Key.Equals(f.Parameter.Name, StringComparison.OrdinalIgnoreCase))
        .All(given => given.Value is null || (given.Value.GetValueKind() == JsonValueKind.String && string.IsNullOrWhiteSpace(given.Value.GetValue<string>()))));

    private JsonNode? Text(FieldAttribute says, JsonNode value, string path)
    {
        if (value is not JsonValue text || !text.TryGetValue<string>(out var given)) return Slip(says, path, "应为文字", "is text");
        var clean = says.Kind == FieldKind.LongText ? FieldText.LongText(given) : FieldText.Line(given);
        var listed = says.Kind switch
        {
            FieldKind.Division => clean.Length == 0 || choices.Divisions.Contains(clean),
            FieldKind.Specialties => choices.IsSpecialty(clean),
            _ => true,
        };
        return !listed ? NotListed(says, path) : clean.Length == 0 && says.Optional ? null : JsonValue.Create(clean);
    }

    /// <summary>An id, or an object with one.</summary>
    private JsonObject? OnePerson(FieldAttribute says, JsonNode value, string path)
    {
        var node = value is JsonObject named ? named["id"] : value;
        var field = path.Split('[')[0];
        if (node is not JsonValue text || !text.TryGetValue<string>(out var id) || choices.Person(field, id) is not { } person)
        {
            NotListed(says, path);
            return null;
        }

        return new() { ["id"] = person.Id, ["name"] = person.Name };
    }

    private static bool HasOffset(JsonNode value) =>
        value is JsonValue text && text.TryGetValue<string>(out var given) && given.Length > 6 && (given[^1] is 'Z' or 'z' || given[^6] is '+' or '-');

    private static (string Zh, string En) Expected(Type type) => type switch
    {
        _ when type == typeof(int) => ("整数", "a whole number"),
        _ when type == typeof(bool) => ("true 或 false", "true or false"),
        _ when type == typeof(DateOnly) => ("日期，例如 2014-09-26", "a date such as 2014-09-26"),
        _ when type == typeof(DateTimeOffset) => ("时间，例如 2014-09-26T09:00:00+08:00", "a time such as 2014-09-26T09:00:00+08:00"),
        { IsEnum: true } => ($"以下之一：{Choices(type)}", $"one of {Choices(type)}"),
        _ => ("编号", "an id"),
    };

    private static string Choices(Type type) => string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));

    private JsonNode? NotListed(FieldAttribute says, string path)
    {
        problems.Add(new(path, $"请从列出的选项中选择“{says.Zh}”。", $"Choose {says.En} from the list."));
        return null;
    }

    private JsonNode? Slip(FieldAttribute says, string path, string zh, string en)
    {
        problems.Add(new(path, $"“{says.Zh}”{zh}。", $"{says.En} {en}."));
        return null;
    }
}
