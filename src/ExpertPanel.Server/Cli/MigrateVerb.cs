using ExpertPanel.Server.Data;
using ExpertPanel.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Cli;

/// <summary><c>migrate</c>: the schema, when an operator says so.</summary>
internal static class MigrateVerb
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var arguments = VerbArguments.Parse(args, words: 0, "--db");
        arguments.MustBeSound();
        using var host = VerbHost.Build(arguments["--db"]);
        var databases = host.Services.GetRequiredService<PanelDbFactory>();
        var schema = host.Services.GetRequiredService<Schema>();
        var before = await AppliedAsync(databases, cancellationToken);
        await schema.MigrateAsync(cancellationToken);
        var applied = (await AppliedAsync(databases, cancellationToken)).Except(before).ToList();
        if (arguments.Json)
            await VerbHost.AnswerAsync(output, new { schema = "expertpanel.migrate/1", database = databases.Target.IsPostgres ? "postgresql" : "sqlite", applied });
        else
            await output.WriteLineAsync(applied.Count == 0 ? "数据库已是最新 / the schema was current" : $"已升级 / applied: {string.Join(", ", applied)}");
        return Verbs.Done;
    }

    private static async Task<IReadOnlyList<string>> AppliedAsync(PanelDbFactory databases, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateOwner();
        return await db.Database.CanConnectAsync(cancellationToken) ? [.. await db.Database.GetAppliedMigrationsAsync(cancellationToken)] : [];
    }
}
