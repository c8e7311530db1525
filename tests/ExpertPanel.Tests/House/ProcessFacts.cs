using System.Text.Json;
using System.Text.RegularExpressions;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Routes;
using Route = ExpertPanel.Workflows.Routes.Route;

namespace ExpertPanel.Tests.House;

/// <summary>What a command leads to, as its own source says: facts, letters, timers; and as the route says: who, where, what follows.</summary>
public sealed record ProcessFacts(
    string Command, string Zh, IReadOnlyList<string> Who, IReadOnlyList<string> Events, IReadOnlyList<string> Letters,
    IReadOnlyList<string> Timers, IReadOnlyList<string> Follows)
{
    /// <summary>The row of docs/processes.md without its last cell, which a person writes.</summary>
    public string Row => $"| `{Command}` {Zh} | {Cell(Who)} | {Cell(Events)} | {Cell(Letters)} | {Cell(Timers)} | {Cell(Follows)} |";

    private static string Cell(IReadOnlyList<string> names) => names.Count == 0 ? "–" : string.Join(", ", names);
}

/// <summary>Reads the rules' source: each command's own text, and the text of the shared pieces that it calls.</summary>
public sealed partial class ProcessReader
{
    private readonly Dictionary<string, string> types = [];
    private readonly Dictionary<string, string> pieces = [];

    public ProcessReader(IEnumerable<SourceFile> rules)
    {
        foreach (var file in rules)
        {
            var starts = Declaration().Matches(file.Text);
            for (var i = 0; i < starts.Count; i++)
            {
                var text = file.Text[starts[i].Index..(i + 1 < starts.Count ? starts[i + 1].Index : file.Text.Length)];
                var name = starts[i].Groups["name"].Value;
                if (starts[i].Groups["static"].Success) AddPieces(name, text);
                else types[name] = text;
            }
        }
    }

    public ProcessFacts Of(Type command, Route route)
    {
        var text = WithPieces(types[command.Name], []);
        var name = MatterCommands.NameOf(command);
        var events = Made().Matches(text).Select(m => JsonNamingPolicy.CamelCase.ConvertName(m.Groups["name"].Value)).Where(MatterCommands.Events.ContainsKey).ToHashSet();
        if (Leaves().IsMatch(text)) events.Add("stageEntered");
        return new(
            name, MatterCommands.Called(name).Zh, Who(name, route), [.. events.Order(StringComparer.Ordinal)],
            [.. LetterName().Matches(text).Select(m => m.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)],
            [.. Made().Matches(text).Select(m => JsonNamingPolicy.CamelCase.ConvertName(m.Groups["name"].Value)).Where(MatterCommands.Commands.ContainsKey).Distinct().Order(StringComparer.Ordinal)],
            [.. route.Follows.Where(f => events.Contains(f.On)).Select(f => f.Run).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static IReadOnlyList<string> Who(string command, Route route)
    {
        var by = route.Stages.SelectMany(s => s.Commands).Where(c => c.Run == command).SelectMany(c => c.By)
            .Concat(route.Anytime.Where(o => o.Run == command).SelectMany(o => o.By)).ToHashSet();
        return by.Count == 0 && MatterCommands.Commands[command].IsAssignableTo(typeof(OpeningCommand))
            ? ["opens a matter"]
            : [.. by.Order().Select(RoleNames.Zh)];
    }

    private void AddPieces(string type, string text)
    {
        var starts = Member().Matches(text);
        for (var i = 0; i < starts.Count; i++)
        {
            var key = $"{type}.{starts[i].Groups["name"].Value}";
            // Overloads of one name are read together.
            pieces[key] = pieces.GetValueOrDefault(key, "") + text[starts[i].Index..(i + 1 < starts.Count ? starts[i + 1].Index : text.Length)];
        }
    }

    private string WithPieces(string text, HashSet<string> seen)
    {
        var own = text;
        foreach (var (key, piece) in pieces)
            if (Regex.IsMatch(text, $@"\b{Regex.Escape(key)}\(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)) && seen.Add(key))
                own += WithPieces(Qualified(key, piece), seen);
        return own;
    }

    /// <summary>Inside its own class a piece is called without the class's name.</summary>
    private string Qualified(string key, string piece)
    {
        var type = key.Split('.')[0];
        foreach (var sibling in pieces.Keys.Where(k => k.StartsWith(type + ".", StringComparison.Ordinal)))
            piece = Regex.Replace(piece, $@"(?<![.\w]){sibling[(type.Length + 1)..]}\(", sibling + "(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        return piece;
    }

    [GeneratedRegex(@"^(public|internal|file) (sealed |abstract |partial )*(?<static>static )?(partial )?(record|class|enum|interface) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^    (public|internal|private) static [^\n]*?\b(?<name>[A-Z]\w*)\(", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Member();

    [GeneratedRegex(@"\bnew (?<name>[A-Z]\w*)\(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Made();

    [GeneratedRegex(@"\bLeave\(matter", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Leaves();

    [GeneratedRegex(@"\bLetterKinds\.(?<name>[A-Z]\w*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LetterName();
}
