using System.Globalization;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ExpertPanel.Server.Pages.Shared;

public sealed record FieldChoice(string Value, string Label);

/// <summary>One field of a form, for the partial <c>_Field</c>.</summary>
/// <param name="Name">As the form posts it, such as <c>Input.Title</c>.</param>
public sealed record FieldModel(string Name, string Label)
{
    public FieldKind Kind { get; init; }

    /// <summary>Of an input element: <c>text</c>, <c>password</c>, <c>date</c>, <c>datetime-local</c>, <c>number</c>, <c>checkbox</c>, <c>file</c>.</summary>
    public string Type { get; init; } = "text";

    public string? Hint { get; init; }

    public IReadOnlyList<string> Values { get; init; } = [];

    public bool Optional { get; init; }

    public int? Most { get; init; }

    public string? Autocomplete { get; init; }

    /// <summary>Of a <c>Choice</c>, <c>Person</c>, <c>Division</c> or <c>Specialties</c> field.</summary>
    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    public IReadOnlyList<string> Errors { get; init; } = [];

    public bool Focus { get; init; }

    public string Id => IdOf(Name);

    public string? Value => Values.Count > 0 ? Values[0] : null;

    /// <summary>What describes the input to a screen reader: its hint and its errors.</summary>
    public string? DescribedBy => string.Join(' ', new[] { Hint is null ? null : Id + "-hint", Errors.Count == 0 ? null : Id + "-error" }.OfType<string>()) is { Length: > 0 } ids ? ids : null;

    /// <summary>The id of a field's input, to which the error summary links.</summary>
    public static string IdOf(string name) => "f-" + name.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);

    /// <summary>With what was posted, or else <paramref name="value"/>, and with the errors the model state has for the field.</summary>
    public FieldModel With(ModelStateDictionary state, object? value = null)
    {
        var entry = state.GetValueOrDefault(Name);
        return this with
        {
            Values = entry?.RawValue is { } posted && Type != "password" ? Texts(posted) : Texts(value),
            Errors = [.. entry?.Errors.Select(e => e.ErrorMessage) ?? []],
        };
    }

    /// <summary>The field that a command's own description asks for.</summary>
    public static FieldModel Of(CommandField field, string prefix, Words words)
    {
        var (says, type) = (field.Description, Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType);
        return new(prefix + field.Name, Words.Label(says))
        {
            Kind = says.Kind,
            Type = InputType(says.Kind, type),
            Hint = Words.Hint(says),
            Optional = says.Optional || type == typeof(bool),
            Choices = type.IsEnum ? [.. Enum.GetValues(type).Cast<Enum>().Select(v => new FieldChoice(v.ToString(), words.Of(v)))] : [],
        };
    }

    private static string InputType(FieldKind kind, Type type) =>
        kind == FieldKind.Email ? "email"
        : kind == FieldKind.Hidden ? "hidden"
        : type == typeof(bool) ? "checkbox"
        : type == typeof(DateOnly) ? "date"
        : type == typeof(DateTimeOffset) ? "datetime-local"
        : type == typeof(int) ? "number"
        : "text";

    private static IReadOnlyList<string> Texts(object? value) => value switch
    {
        null => [],
        string text => [text],
        bool on => [on ? "true" : "false"],
        DateOnly day => [day.Iso()],
        DateTimeOffset at => [at.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)],
        Person person => [person.Id],
        IEnumerable<string> texts => [.. texts],
        IFormattable other => [other.ToString(null, CultureInfo.InvariantCulture)],
        _ => [value.ToString() ?? ""],
    };
}
