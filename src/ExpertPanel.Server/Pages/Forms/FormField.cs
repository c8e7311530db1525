using System.Globalization;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Pages.Forms;

public sealed record FormOption(string Value, string Text, string? Note = null);

/// <summary>One row of a list of records.</summary>
/// <param name="Mark">The path of the box that says that the row is meant, where the row's own fields can't.</param>
public sealed record FormRow(int Index, IReadOnlyList<FormField> Fields, string? Mark, bool Used);

/// <summary>A field as shown: what stands in it and what is wrong with it.</summary>
public sealed record FormField(string Path, FormControl Control, FieldAttribute Says)
{
    private const int BlankRows = 3;

    public IReadOnlyList<string> Values { get; private init; } = [];

    public IReadOnlyList<FormOption> Options { get; private init; } = [];

    public IReadOnlyList<FormRow> Rows { get; private init; } = [];

    public string? Problem { get; private init; }

    public string Value => Values.Count > 0 ? Values[0] : "";

    /// <summary>The id of the control, to which labels and the error summary point.</summary>
    public string Id => IdOf(Path);

    public bool IsRequired => !Says.Optional && Control is not FormControl.Check;

    public string Label => In(Says.Zh, Says.En);

    public string? Hint => Says.HintZh is null ? null : In(Says.HintZh, Says.HintEn ?? Says.HintZh);

    public static string IdOf(string path) => path.Replace('[', '-').Replace("]", "", StringComparison.Ordinal).Replace('.', '-');

    public static string In(string zh, string en) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? zh : en;

    /// <summary>The fields of a command, or of a record inside one, in the order of its constructor.</summary>
    public static IReadOnlyList<FormField> Of(Type type, FormInput input, FormChoices choices, IReadOnlyList<FieldProblem> problems, string prefix = "") =>
    [
        .. CommandField.Of(type).Select(f => Of(f, prefix + f.Name, input, choices, problems)),
    ];

    private static FormField Of(CommandField field, string path, FormInput input, FormChoices choices, IReadOnlyList<FieldProblem> problems)
    {
        var type = field.Property.PropertyType;
        var control = FieldShape.Control(type, field.Description);
        return new(path, control, field.Description)
        {
            Values = control == FormControl.Lines ? [string.Join('\n', input.All(path))] : input.All(path),
            Options = OptionsOf(type, field.Description, path, choices),
            Rows = FieldShape.RowType(type) is { } row ? RowsOf(row, path, input, choices, problems) : [],
            Problem = problems.FirstOrDefault(p => p.Field == path) is { } problem ? In(problem.Zh, problem.En) : null,
        };
    }

    private static IReadOnlyList<FormOption> OptionsOf(Type type, FieldAttribute says, string path, FormChoices choices)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsEnum) return [.. Enum.GetValues(bare).Cast<Enum>().Select(v => new FormOption(v.ToString(), Words.Of(v)))];
        return says.Kind switch
        {
            FieldKind.Person => [.. choices.PeopleFor(path).Select(c => new FormOption(c.Person.Id, c.Person.Name, c.Division))],
            FieldKind.Division => [.. choices.Divisions.Select(d => new FormOption(d, d))],
            FieldKind.Specialties => [.. choices.Specialties.Select(s => new FormOption(s.Code, s.Label))],
            _ => [],
        };
    }

    private static List<FormRow> RowsOf(Type row, string path, FormInput input, FormChoices choices, IReadOnlyList<FieldProblem> problems)
    {
        var filled = input.Rows(path);
        var marked = FieldShape.NeedsMark(row);
        return
        [
            .. Enumerable.Range(0, filled + BlankRows).Select(index =>
            {
                var prefix = FormattableString.Invariant($"{path}[{index}].");
                return new FormRow(index, Of(row, input, choices, problems, prefix), marked ? prefix + FieldShape.Used : null, index < filled);
            }),
        ];
    }
}
