using System.Globalization;
using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Server.Cli;

/// <summary>The few arguments of the draw's verbs: options that need a value, plain files and <c>--json</c>.</summary>
internal sealed class DrawArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public List<string> Files { get; } = [];

    public List<DrawProblem> Problems { get; } = [];

    public bool Json { get; private set; }

    public string this[string option] => _values[option];

    public static DrawArguments Parse(string[] args, int files, params string[] options)
    {
        var parsed = new DrawArguments();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--json")
                parsed.Json = true;
            else if (options.Contains(args[i], StringComparer.Ordinal))
                parsed.Take(args[i], i + 1 < args.Length ? args[++i] : "");
            else if (args[i].StartsWith('-'))
                parsed.Problems.Add(new DrawProblem(args[i], $"is unknown; expected {string.Join(", ", [.. options, "--json"])}"));
            else
                parsed.Files.Add(args[i]);
        }

        foreach (var option in options.Where(option => !parsed._values.ContainsKey(option)))
            parsed.Problems.Add(new DrawProblem(option, "is missing; expected a file"));
        if (parsed.Files.Count != files)
            parsed.Problems.Add(new DrawProblem("arguments", string.Create(CultureInfo.InvariantCulture, $"have {parsed.Files.Count} files; expected {files}")));
        return parsed;
    }

    private void Take(string option, string value)
    {
        if (!_values.TryAdd(option, value))
            Problems.Add(new DrawProblem(option, "is given twice; expected once"));
        else if (value.Length == 0)
            Problems.Add(new DrawProblem(option, "has no value; expected a file"));
    }
}
