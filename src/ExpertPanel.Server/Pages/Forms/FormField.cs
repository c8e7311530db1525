using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>One field of a command as shown: a single field, or a table of records.</summary>
public sealed record FormField(FieldModel Field, IReadOnlyList<FormRow>? Rows = null);

/// <summary>One row of a list of records.</summary>
/// <param name="Mark">The box that says that the row is meant, where the row's own fields may all stay empty.</param>
public sealed record FormRow(int Number, IReadOnlyList<FormField> Fields, string? Mark, bool Used);

/// <summary>Turns a command's description and what stands in its form into fields to show.</summary>
public sealed class FormFields(FormInput input, FormChoices choices, IReadOnlyList<FieldProblem> problems, Words words)
{
    private const int BlankRows = 3;

    /// <summary>The fields of a command, or of a record inside one, in the order of its constructor.</summary>
    public IReadOnlyList<FormField> Of(Type type, string prefix = "") => [.. CommandField.Of(type).Select(f => Of(f, prefix))];

    private FormField Of(CommandField field, string prefix)
    {
        var (type, says, path) = (field.Property.PropertyType, field.Description, prefix + field.Name);
        var control = FieldShape.Control(type, says);
        var shown = FieldModel.Of(field, prefix, words) with
        {
            Kind = control switch
            {
                FormControl.Choice => FieldKind.Choice,
                FormControl.Checks => FieldKind.Specialties,
                _ => says.Kind,
            },
            Values = input.All(path),
            Choices = ChoicesOf(type, says, path),
            Errors = [.. problems.Where(p => p.Field == path).Select(Words.Problem)],
            // A browser that insists on a table's or a group's every field would never let the form go.
            Optional = says.Optional || control is FormControl.Check || prefix.Length > 0,
        };
        return new(shown, FieldShape.RowType(type) is { } row ? RowsOf(row, path) : null);
    }

    private IReadOnlyList<FieldChoice> ChoicesOf(Type type, FieldAttribute says, string path)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsEnum) return [.. Enum.GetValues(bare).Cast<Enum>().Select(v => new FieldChoice(v.ToString(), words.Of(v)))];
        return says.Kind switch
        {
            FieldKind.Person => [.. choices.PeopleFor(path).Select(c => new FieldChoice(c.Person.Id, c.Division is null ? c.Person.Name : $"{c.Person.Name}（{c.Division}）"))],
            FieldKind.Division => [.. choices.Divisions.Select(d => new FieldChoice(d, d))],
            FieldKind.Specialties => [.. choices.Specialties.Select(s => new FieldChoice(s.Code, s.Label))],
            _ => [],
        };
    }

    private List<FormRow> RowsOf(Type row, string path)
    {
        var filled = input.Rows(path);
        return
        [
            .. Enumerable.Range(0, filled + BlankRows).Select(index =>
            {
                var prefix = FormattableString.Invariant($"{path}[{index}].");
                return new FormRow(index + 1, Of(row, prefix), FieldShape.NeedsMark(row) ? prefix + FieldShape.Used : null, index < filled);
            }),
        ];
    }
}
