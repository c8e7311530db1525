using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>A form for any command, as the partial <c>_CommandForm</c> shows it.</summary>
public sealed record CommandForm
{
    /// <summary>The hidden field that makes a form act once, however often it is sent.</summary>
    public const string KeyField = "__key";

    public required string Command { get; init; }

    public required IReadOnlyList<FormField> Fields { get; init; }

    /// <summary>Made when the form is first shown, kept when it comes back with a slip.</summary>
    public required string Key { get; init; }

    /// <summary>Ids that the page gives and nobody types.</summary>
    public IReadOnlyDictionary<string, string> Hidden { get; init; } = new Dictionary<string, string>();

    /// <summary>Files to be sent along.</summary>
    public IReadOnlyList<FieldModel> Uploads { get; init; } = [];

    /// <summary>Where to go without doing anything.</summary>
    public string BackUrl { get; init; } = "/desk";

    public bool HasFields => Fields.Count > 0 || Uploads.Count > 0;

    public static string NewKey() => Guid.CreateVersion7().ToString("N");

    /// <summary>The form with what stands in it and what is wrong with that.</summary>
    public static CommandForm Of(string command, FormInput input, FormChoices choices, IReadOnlyList<FieldProblem> problems, Words words)
    {
        var type = MatterCommands.Commands[command];
        var key = input.One(KeyField);
        return new()
        {
            Command = command,
            Fields = new FormFields(input, choices, problems, words).Of(type),
            Key = string.IsNullOrWhiteSpace(key) ? NewKey() : key,
            Hidden = HiddenIds(type).ToDictionary(id => id, input.One),
        };
    }

    /// <summary>The ids and days that a command takes without asking for them.</summary>
    public static IReadOnlyList<string> HiddenIds(Type command) =>
    [
        .. command.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters()
            .Where(p => (p.ParameterType == typeof(Guid) || p.ParameterType == typeof(DateOnly)) && CommandField.Of(command).All(f => f.Name != p.Name)).Select(p => p.Name ?? ""),
    ];
}
