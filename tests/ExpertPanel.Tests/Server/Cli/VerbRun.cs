using System.Text.Json;
using ExpertPanel.Server.Cli;
using ExpertPanel.Server.Data;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ExpertPanel.Tests.Server.Cli;

/// <summary>A verb as somebody at a terminal runs it: arguments in, exit code and two texts out.</summary>
public sealed record VerbRun(int Code, string Output, string Error)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

    public static async Task<VerbRun> OfAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Verbs.RunAsync(args, output, error, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }

    public static async Task<VerbRun> MustAsync(params string[] args)
    {
        var run = await OfAsync(args);
        Assert.True(run.Code == 0, $"{string.Join(' ', args)}: {run.Code} {run.Error}");
        Assert.Equal("", run.Error);
        return run;
    }

    /// <summary>Refused as bad input: one clear line a problem, nothing on the output, no stack trace.</summary>
    public static async Task<string> RefusedAsync(params string[] args)
    {
        var run = await OfAsync(args);
        Assert.True(run.Code == 2, $"{string.Join(' ', args)}: {run.Code} {run.Output} {run.Error}");
        Assert.Equal("", run.Output);
        Assert.All(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(": ", line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        return run.Error;
    }
}

/// <summary>A folder of its own with a database that the verbs made: schema, committee, demo.</summary>
public sealed class SeededFile : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("panel-verbs-").FullName;

    public string Database => $"Data Source={Path.Combine(Folder, "panel.db")}";

    public VerbRun Seeded { get; private set; } = null!;

    public string In(string name) => Path.Combine(Folder, name);

    public PanelDbFactory Open() => new(new(Database));

    public async ValueTask InitializeAsync()
    {
        await VerbRun.MustAsync("migrate", "--db", Database);
        Seeded = await VerbRun.MustAsync("seed", "demo", "--json", "--db", Database);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Verbs read the program's settings from its surroundings, so they run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class VerbCollection : ICollectionFixture<SeededFile>
{
    public const string Name = "verbs";
}
