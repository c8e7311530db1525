using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>The controls that a field can be.</summary>
public enum FormControl
{
    Text,
    LongText,
    Email,
    Number,
    Check,
    Date,
    Moment,
    Choice,

    /// <summary>Several of a list, as boxes to tick: people, specialties.</summary>
    Checks,

    /// <summary>One entry a line.</summary>
    Lines,

    /// <summary>A list of records, one row each.</summary>
    Rows,
    Hidden,
}

/// <summary>Which control a property's type and description ask for.</summary>
public static class FieldShape
{
    /// <summary>The box that says that a row is meant although all its fields are empty.</summary>
    public const string Used = "__used";

    public static FormControl Control(Type type, FieldAttribute says) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        _ when says.Kind == FieldKind.Hidden => FormControl.Hidden,
        var t when RowType(t) is not null => FormControl.Rows,
        var t when t == typeof(bool) => FormControl.Check,
        var t when t == typeof(int) => FormControl.Number,
        var t when t == typeof(DateOnly) => FormControl.Date,
        var t when t == typeof(DateTimeOffset) => FormControl.Moment,
        var t when t.IsEnum || t == typeof(Person) => FormControl.Choice,
        var t when t == typeof(Guid) => FormControl.Hidden,
        var t when t == typeof(string) => says.Kind switch
        {
            FieldKind.LongText => FormControl.LongText,
            FieldKind.Email => FormControl.Email,
            FieldKind.Division => FormControl.Choice,
            _ => FormControl.Text,
        },
        _ => says.Kind == FieldKind.Lines ? FormControl.Lines : FormControl.Checks,
    };

    /// <summary>The record of a list that is asked for as rows, or null.</summary>
    public static Type? RowType(Type type)
    {
        var item = type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
        return item is null || item == typeof(string) || item == typeof(Person) || CommandField.Of(item).Count == 0 ? null : item;
    }

    public static bool NeedsMark(Type row) => CommandField.Of(row).All(f => f.Description.Optional);
}
