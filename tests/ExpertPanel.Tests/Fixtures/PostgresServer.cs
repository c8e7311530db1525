using ExpertPanel.Server.Data;
using ExpertPanel.Tests.Fixtures;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace ExpertPanel.Tests.Fixtures;

/// <summary>A database of its own on the shared server.</summary>
public sealed record PostgresDatabase(string ConnectionString, Func<ValueTask> DropAsync);

/// <summary>
/// One real PostgreSQL for the whole run, started when the first test asks for it: the one named by <c>EXPERTPANEL_TEST_POSTGRES</c>, or a
/// cluster in a temporary folder. Each test gets a database that already has the schema.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Template = "panel_template";

    private readonly SemaphoreSlim one = new(1, 1);
    private PostgresCluster? cluster;
    private string? url;
    private int databases;

    /// <summary>Skips the running test where no server can be had; in CI that is a failure instead.</summary>
    public async Task<PostgresDatabase> CreateDatabaseAsync(bool migrated = true)
    {
        var server = await UrlAsync();
        var name = $"panel_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await one.WaitAsync();
        try
        {
            await ExecuteAsync(server, migrated ? $"CREATE DATABASE {name} TEMPLATE {TemplateName}" : $"CREATE DATABASE {name}");
        }
        finally
        {
            one.Release();
        }

        var database = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        return new(database, async () =>
        {
            await using (var pool = new NpgsqlConnection(database)) NpgsqlConnection.ClearPool(pool);
            await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (url is not null && cluster is null) await ExecuteAsync(url, $"DROP DATABASE IF EXISTS {TemplateName} WITH (FORCE)");
        NpgsqlConnection.ClearAllPools();
        if (cluster is not null) await cluster.DisposeAsync();
        one.Dispose();
    }

    private static string TemplateName => $"{Template}_{Environment.ProcessId}";

    private async Task<string> UrlAsync()
    {
        await one.WaitAsync();
        try
        {
            return url ??= await StartAsync();
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<string> StartAsync()
    {
        var server = Environment.GetEnvironmentVariable("EXPERTPANEL_TEST_POSTGRES");
        if (string.IsNullOrWhiteSpace(server))
        {
            if (PostgresCluster.Missing is { } missing)
            {
                if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail(missing);
                Assert.Skip(missing);
            }

            cluster = await PostgresCluster.StartAsync();
            server = cluster.ConnectionString;
        }

        await ExecuteAsync(server, $"CREATE DATABASE {TemplateName}");
        var template = new NpgsqlConnectionStringBuilder(server) { Database = TemplateName }.ConnectionString;
        using (var factory = new PanelDbFactory(new(template)))
            await factory.MigrateAsync(CancellationToken.None);
        await using (var pool = new NpgsqlConnection(template)) NpgsqlConnection.ClearPool(pool);
        return server;
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names made here of letters and digits; DDL takes no parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
