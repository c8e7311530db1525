using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ExpertPanel.Benchmarks;

/// <summary>A committee with 370 made-up experts on a database of its own.</summary>
internal sealed class BenchDatabase(ServiceProvider services, Guid tenantId, Func<ValueTask> drop) : IAsyncDisposable
{
    public PanelDbFactory Databases { get; } = services.GetRequiredService<PanelDbFactory>();

    public ProcessRunner Runner { get; } = services.GetRequiredService<ProcessRunner>();

    public IServiceProvider Services => services;

    public Guid TenantId => tenantId;

    public static Task<BenchDatabase> SqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("expertpanel-bench-").FullName;
        return CreateAsync($"Data Source={Path.Combine(folder, "bench.db")}", () =>
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        });
    }

    /// <param name="url">A connection string to a server on which a database may be made and dropped.</param>
    public static async Task<BenchDatabase> PostgresAsync(string url)
    {
        var server = new Npgsql.NpgsqlConnectionStringBuilder(url);
        var name = $"expertpanel_bench_{Environment.ProcessId}";
        await ExecuteAsync(url, $"CREATE DATABASE {name}");
        server.Database = name;
        return await CreateAsync(server.ConnectionString, async () =>
        {
            Npgsql.NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(url, $"DROP DATABASE {name} WITH (FORCE)");
        });
    }

    public static async Task<BenchDatabase> CreateAsync(string connectionString, Func<ValueTask> drop, Action<IServiceCollection>? more = null)
    {
        var collection = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddSingleton(new PanelDbFactory(new(connectionString)))
            .AddProcesses(SeedFiles.BesideProgram.Calendars, new ReplyTokens(new byte[32]), new MailIdentity("bench.test"));
        more?.Invoke(collection);
        var services = collection.BuildServiceProvider();
        var databases = services.GetRequiredService<PanelDbFactory>();
        var (tenant, now) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        await databases.MigrateAsync(CancellationToken.None);
        await using (var db = databases.Create(Guid.Empty))
        {
            db.Committees.Add(new() { Id = tenant, Code = "620000", Place = "甘肃省", OfficeName = "甘肃省人民政府法制办公室", Level = "province" });
            await db.SaveChangesAsync();
        }

        await using (var db = databases.Create(tenant))
        {
            await CommitteeSetup.AdoptDefaultsAsync(db, await db.Committees.SingleAsync(c => c.Id == tenant), SeedFiles.BesideProgram, now, CancellationToken.None);
            db.Experts.AddRange(MadeUpBank.Of(SeedFiles.BesideProgram, 370, 17, DateOnly.FromDateTime(now.Date)));
            await db.SaveChangesAsync();
        }

        return new(services, tenant, drop);
    }

    private static async Task ExecuteAsync(string url, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(url);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is made of digits here; DDL takes no parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await drop();
    }
}
