using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>A form for any command, as the partial <c>_CommandForm</c> shows it.</summary>
public sealed record CommandForm
{
    /// <summary>The hidden field that makes a form act once, however often it is sent.</summary>
    public const string KeyField = "__key";

    public required string Command { get; init; }

    public required IReadOnlyList<FormField> Fields { get; init; }

    /// <summary>Generated when the form is first shown, kept when it comes back with a slip.</summary>
    public required string Key { get; init; }

    public string Action { get; init; } = "";

    public string? BackUrl { get; init; }

    /// <summary>What the rules said to the whole command, not to one field.</summary>
    public string? Refused { get; init; }

    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>Ids that the page gives and nobody types.</summary>
    public IReadOnlyList<FormOption> Hidden { get; init; } = [];

    /// <summary>Files to be sent along.</summary>
    public IReadOnlyList<FormUpload> Uploads { get; init; } = [];

    public string Called => FormField.In(MatterCommands.Called(Command).Zh, MatterCommands.Called(Command).En);

    public static string NewKey() => Guid.CreateVersion7().ToString("N");

    public static CommandForm Of(string command, FormInput input, FormChoices choices, string? key = null)
    {
        var type = MatterCommands.Commands[command];
        return new()
        {
            Command = command,
            Fields = FormField.Of(type, input, choices, []),
            Key = string.IsNullOrWhiteSpace(key) ? NewKey() : key,
            Hidden = HiddenOf(type, input),
        };
    }

    /// <summary>The same form again, with what was typed and what is wrong with it.</summary>
    public static CommandForm Again(string command, FormInput input, FormChoices choices, IReadOnlyList<FieldProblem> problems, string key, Refusal? refusal = null)
    {
        // A refusal about one field stands there; about the whole, in the summary.
        IReadOnlyList<FieldProblem> all = refusal is { Field: { } field } ? [.. problems, new(field, refusal.Message, refusal.Message)] : problems;
        var form = Of(command, input, choices, key);
        return form with { Fields = FormField.Of(MatterCommands.Commands[command], input, choices, all), Problems = all, Refused = refusal is { Field: null } ? refusal.Message : null };
    }

    private static IReadOnlyList<FormOption> HiddenOf(Type command, FormInput input) =>
    [
        .. from parameter in command.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters()
           where parameter.ParameterType == typeof(Guid) && parameter.Name is not null && CommandField.Of(command).All(f => f.Name != parameter.Name)
           select new FormOption(parameter.Name ?? "", input.One(parameter.Name ?? "")),
    ];
}

/// <summary>A file field beside a command's own fields.</summary>
public sealed record FormUpload(string Name, string Label, string Hint, string? Problem = null);
