using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ExpertPanel.Server.Data;

/// <summary>Where the data is: an ADO.NET connection string; <c>Host=…</c> means PostgreSQL, <c>Data Source=…</c> SQLite.</summary>
public sealed record DatabaseTarget(string ConnectionString)
{
    public bool IsPostgres { get; } = new DbConnectionStringBuilder { ConnectionString = ConnectionString }.ContainsKey("Host");

    /// <summary>A SQLite file.</summary>
    public static DatabaseTarget File(string path) => new(new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString);

    /// <summary>SQLite makes its file but not the folder for it.</summary>
    public void MakeFolder()
    {
        if (IsPostgres) return;
        var file = new SqliteConnectionStringBuilder(ConnectionString).DataSource;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
    }
}

/// <summary>Makes units of work for one committee. Contexts are pooled; the tenant is set at each lease.</summary>
public sealed class PanelDbFactory : IDisposable
{
    private readonly Func<PanelDb> lease;
    private readonly Func<PanelDb> leaseWriter;
    private readonly SqliteConnection? writer;

    public PanelDbFactory(DatabaseTarget target)
    {
        Target = target;
        Gate = target.IsPostgres ? new WriteGate(int.MaxValue) : new WriteGate(1);
        if (target.IsPostgres)
        {
            var pool = new PooledDbContextFactory<PostgresPanelDb>(Postgres(target.ConnectionString));
            lease = leaseWriter = pool.CreateDbContext;
        }
        else
        {
            var pool = new PooledDbContextFactory<SqlitePanelDb>(Sqlite(target.ConnectionString));
            writer = new SqliteConnection(target.ConnectionString);
            var writers = new PooledDbContextFactory<SqlitePanelDb>(
                new DbContextOptionsBuilder<SqlitePanelDb>().UseSqlite(writer).AddInterceptors(new DurableSqlite(), new PreparedStatements()).Options);
            lease = pool.CreateDbContext;
            leaseWriter = writers.CreateDbContext;
        }
    }

    public DatabaseTarget Target { get; }

    public WriteGate Gate { get; }

    public PanelDb Create(Guid tenantId)
    {
        var db = lease();
        db.TenantId = tenantId;
        return db;
    }

    /// <summary>
    /// A unit of work that writes. On SQLite all of them share one connection that stays open, with its prepared statements; hold a turn of
    /// the <see cref="Gate"/> for as long as this lives.
    /// </summary>
    public async ValueTask<PanelDb> CreateWriterAsync(Guid tenantId, CancellationToken ct)
    {
        var db = leaseWriter();
        db.TenantId = tenantId;
        if (writer is { State: not System.Data.ConnectionState.Open })
        {
            await writer.OpenAsync(ct);
            DurableSqlite.Tell(writer);
        }

        return db;
    }

    /// <summary>For the schema alone: on PostgreSQL this speaks as the tables' owner, before whom no wall stands.</summary>
    public PanelDb CreateOwner() => Target.IsPostgres
        ? new PostgresPanelDb(new DbContextOptionsBuilder<PostgresPanelDb>().UseNpgsql(Target.ConnectionString).Options)
        : new SqlitePanelDb(Sqlite(Target.ConnectionString));

    /// <summary>Gives the database this program's schema and, on PostgreSQL, its walls.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        Target.MakeFolder();
        await using var owner = CreateOwner();
        // Asked first: migrating begins with a comparison of whole models, half a second of every start that has nothing to migrate.
        if (!await owner.Database.CanConnectAsync(ct) || (await owner.Database.GetPendingMigrationsAsync(ct)).Any()) await owner.Database.MigrateAsync(ct);
        await RowLevelSecurity.RaiseAsync(owner, ct);
    }

    public void Dispose()
    {
        if (writer is not null) SqliteConnection.ClearPool(writer); // The file may be moved or removed from here on.
        writer?.Dispose();
        Gate.Dispose();
    }

    internal static DbContextOptions<SqlitePanelDb> Sqlite(string connectionString) =>
        new DbContextOptionsBuilder<SqlitePanelDb>().UseSqlite(connectionString).AddInterceptors(new DurableSqlite()).Options;

    internal static DbContextOptions<PostgresPanelDb> Postgres(string connectionString) =>
        new DbContextOptionsBuilder<PostgresPanelDb>().UseNpgsql(connectionString).AddInterceptors(new RowLevelSecurity.Speaker()).Options;

    /// <summary>
    /// WAL with synchronous FULL: whoever was told "done" finds it done after a crash. Said once to each physical connection; the pool
    /// hands the same ones out again and again.
    /// </summary>
    private sealed class DurableSqlite : DbConnectionInterceptor
    {
        private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16384;";
        private static readonly ConditionalWeakTable<object, object> Told = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (connection is SqliteConnection sqlite) Tell(sqlite);
        }

        public static void Tell(SqliteConnection connection)
        {
            if (connection.Handle is not { } handle || Told.TryGetValue(handle, out _)) return;
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
            Told.AddOrUpdate(handle, handle);
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData); // SQLite has no asynchronous I/O to wait for.
            return Task.CompletedTask;
        }
    }
}

/// <summary>SQLite has one writer: writers of this process queue here instead of polling the file's lock. PostgreSQL needs no queue.</summary>
public sealed class WriteGate(int width) : IDisposable
{
    private readonly SemaphoreSlim gate = new(width, width);

    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    public void Dispose() => gate.Dispose();

    public readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
