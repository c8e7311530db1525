namespace ExpertPanel.Server.Cli;

/// <summary>What the one program can do besides serving: <c>dotnet run --project src/ExpertPanel.Server -- VERB</c>.</summary>
public static class Verbs
{
    private const int UnknownVerb = 2;

    /// <summary>A verb gets the arguments after its name and answers with the exit code.</summary>
    public delegate Task<int> Verb(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken);

    public static IReadOnlyDictionary<string, Verb> Known { get; } = new Dictionary<string, Verb>(StringComparer.Ordinal)
    {
        ["draw"] = DrawVerbs.DrawAsync,
        ["verify-draw"] = DrawVerbs.VerifyAsync,
        ["read-mail"] = ReadMailVerb.RunAsync,
        ["simulate"] = SimulateVerb.RunAsync,
    };

    /// <summary>The exit code of the verb that was asked for; null when none was and the web is to be served.</summary>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        if (args is not [var name, ..] || name.StartsWith('-')) return null;
        if (!Known.TryGetValue(name, out var verb))
        {
            await Console.Error.WriteLineAsync($"{name}: no such verb; expected one of {string.Join(", ", Known.Keys)}");
            return UnknownVerb;
        }

        using var stopping = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            stopping.Cancel();
        };
        return await verb(args[1..], Console.Out, Console.Error, stopping.Token);
    }
}
