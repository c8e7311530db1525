using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace ExpertPanel.Workflows;

/// <summary>How a command's field is asked for on a form.</summary>
public enum FieldKind
{
    Text,
    LongText,
    Email,
    Choice,
    Person,
    Division,
    Lines,
    Specialties,
    Hidden,
}

/// <summary>
/// Says what a command's field is called and what is expected of it. One description serves the form, the API's schema and the
/// check that refuses a slip at its field.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FieldAttribute(string zh, string en) : Attribute
{
    public string Zh { get; } = zh;

    public string En { get; } = en;

    public FieldKind Kind { get; init; }

    public string? HintZh { get; init; }

    public string? HintEn { get; init; }

    public bool Optional { get; init; }

    /// <summary>The longest text accepted, in UTF-16 units; a list's entries are each held to it.</summary>
    public int Most { get; init; } = 20_000;
}

/// <summary>A slip of the user, shown at its field.</summary>
public sealed record FieldProblem(string Field, string Zh, string En);

/// <summary>One field of a command: its property and its description.</summary>
public sealed record CommandField(PropertyInfo Property, FieldAttribute Description)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<CommandField>> Known = new();

    public string Name => Property.Name;

    /// <summary>The fields of a command or of a record inside one, in the order of its constructor.</summary>
    public static IReadOnlyList<CommandField> Of(Type type) => Known.GetOrAdd(type, static t =>
    [
        .. from parameter in t.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters()
           let description = parameter.GetCustomAttribute<FieldAttribute>()
           let property = t.GetProperty(parameter.Name ?? "")
           where description is not null && property is not null
           select new CommandField(property, description),
    ]);

    /// <summary>Everything wrong with the fields of <paramref name="command"/>: missing, too long, not one of the choices.</summary>
    public static IReadOnlyList<FieldProblem> Check(object command) => [.. Check(command, "")];

    private static IEnumerable<FieldProblem> Check(object subject, string prefix)
    {
        foreach (var field in Of(subject.GetType()))
        {
            var (path, value, says) = (prefix + field.Name, field.Property.GetValue(subject), field.Description);
            if (IsMissing(value))
            {
                if (!says.Optional) yield return new(path, $"请填写“{says.Zh}”。", $"Enter {says.En}.");
                continue;
            }

            if (TooLong(value, says.Most))
                yield return new(path, $"“{says.Zh}”最长 {says.Most} 字。", $"{says.En} takes {says.Most} characters at the most.");
            if (value is Enum choice && !Enum.IsDefined(choice.GetType(), choice))
                yield return new(path, $"请从列出的选项中选择“{says.Zh}”。", $"Choose {says.En} from the list.");
            if (says.Kind == FieldKind.Email && value is string address && !LooksLikeAddress(address))
                yield return new(path, $"“{says.Zh}”不是有效的邮件地址。", $"{says.En} is not a mail address.");
            if (value is not string && value is IEnumerable items)
                foreach (var problem in CheckItems(items, path, says.Optional)) yield return problem;
        }
    }

    /// <summary>A row of an optional list that is empty throughout says nothing, and nothing is wrong with it.</summary>
    private static IEnumerable<FieldProblem> CheckItems(IEnumerable items, string path, bool optional)
    {
        var index = 0;
        foreach (var item in items)
        {
            if (item is not (null or string) && Of(item.GetType()) is { Count: > 0 } fields && !(optional && fields.All(f => IsMissing(f.Property.GetValue(item)))))
                foreach (var problem in Check(item, $"{path}[{index}].")) yield return problem;
            index++;
        }
    }

    private static bool IsMissing(object? value) => value switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        ICollection list => list.Count == 0,
        Guid id => id == Guid.Empty,
        DateOnly day => day == default,
        DateTimeOffset at => at == default,
        Person person => string.IsNullOrWhiteSpace(person.Id),
        _ => false,
    };

    private static bool TooLong(object? value, int most) => value switch
    {
        string text => text.Length > most,
        IEnumerable<string> texts => texts.Any(t => t.Length > most),
        _ => false,
    };

    private static bool LooksLikeAddress(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == address.LastIndexOf('@') && at < address.Length - 1 && address.Length <= 254
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';');
    }
}
