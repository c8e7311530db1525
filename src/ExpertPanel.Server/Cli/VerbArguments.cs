using System.Globalization;

namespace ExpertPanel.Server.Cli;

/// <summary>What stands after a verb: options with a value, switches, plain words. Every slip is collected, none is guessed away.</summary>
internal sealed class VerbArguments
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> switches = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];

    private VerbArguments()
    {
    }

    public List<string> Words { get; } = [];

    public bool Json => switches.Contains("--json");

    public string? this[string option] => values.GetValueOrDefault(option);

    /// <param name="words">How many plain words are expected.</param>
    /// <param name="options">Options that take a value; <c>--json</c> is always a switch.</param>
    public static VerbArguments Parse(string[] args, int words, params string[] options)
    {
        var parsed = new VerbArguments();
        for (var i = 0; i < args.Length; i++)
        {
            var (name, inline) = args[i].StartsWith("--", StringComparison.Ordinal) && args[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                ? (args[i][..at], args[i][(at + 1)..])
                : (args[i], null);
            if (name == "--json" && inline is null) parsed.switches.Add(name);
            else if (options.Contains(name, StringComparer.Ordinal)) parsed.Take(name, inline ?? (i + 1 < args.Length ? args[++i] : ""));
            else if (name.StartsWith('-')) parsed.Problem(name, $"is unknown; expected {string.Join(", ", [.. options, "--json"])}");
            else parsed.Words.Add(name);
        }

        if (parsed.Words.Count != words)
            parsed.Problem("arguments", string.Create(CultureInfo.InvariantCulture, $"have {parsed.Words.Count} words besides the options; expected {words}"));
        return parsed;
    }

    public void Problem(string subject, string what) => problems.Add($"{subject}: {what}");

    public string Required(string option, string expected)
    {
        if (values.TryGetValue(option, out var value)) return value;
        Problem(option, $"is missing; expected {expected}");
        return "";
    }

    public int Year(string option)
    {
        var text = Required(option, "a year such as 2014");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1949 and <= 9998) return year;
        if (text.Length > 0) Problem(option, $"'{text}' is not a year; expected one from 1949 to 9998");
        return 0;
    }

    /// <exception cref="VerbRefusedException">Something is wrong with the arguments.</exception>
    public void MustBeSound()
    {
        if (problems.Count > 0) throw new VerbRefusedException([.. problems]);
    }

    private void Take(string option, string value)
    {
        if (!values.TryAdd(option, value)) Problem(option, "is given twice; expected once");
        else if (value.Length == 0) Problem(option, "has no value");
    }
}

/// <summary>A verb can't do what was asked; each line says what is wrong and what is expected.</summary>
public sealed class VerbRefusedException(IReadOnlyList<string> lines) : Exception(string.Join('\n', lines))
{
    public VerbRefusedException(string line) : this([line])
    {
    }

    public IReadOnlyList<string> Lines { get; } = lines;
}
