using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Data;

/// <summary>SQLite by its online backup: consistent while the server writes, checked before it gets its name.</summary>
internal sealed class SqliteCopies(DatabaseTarget target) : IDatabaseCopies
{
    private const int Busy = 5;
    private const int Locked = 6;

    /// <summary>The program's connections, also those that only read, expect the write-ahead log.</summary>
    internal const string LikeOurs = "PRAGMA journal_mode=WAL";

    public async Task<KeptCopy> BackUpAsync(string file, CancellationToken ct)
    {
        var half = file + ".partial";
        try
        {
            await using (var source = new SqliteConnection(target.ConnectionString))
            await using (var copy = new SqliteConnection(Alone(half)))
            {
                await source.OpenAsync(ct);
                await copy.OpenAsync(ct);
                source.BackupDatabase(copy);
                await MustBeSoundAsync(copy, file, ct);
            }

            await using (var written = new FileStream(half, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
            File.Move(half, file);
            return await CopySeal.WriteAsync(file, ct);
        }
        finally
        {
            File.Delete(half);
        }
    }

    public async Task<RestoredCopy> RestoreAsync(string file, DateTimeOffset now, CancellationToken ct)
    {
        var database = Path.GetFullPath(new SqliteConnectionStringBuilder(target.ConnectionString).DataSource);
        var hash = await CopySeal.CheckAsync(file, ct);
        Directory.CreateDirectory(Path.GetDirectoryName(database) ?? ".");
        var half = database + ".restoring";
        try
        {
            File.Copy(file, half, overwrite: true);
            await MustBeOursAsync(half, file, ct);
            var replaced = File.Exists(database) ? await SetAsideAsync(database, now, ct) : null;
            File.Move(half, database);
            return new(database, hash, replaced);
        }
        finally
        {
            File.Delete(half);
        }
    }

    private static async Task MustBeOursAsync(string half, string file, CancellationToken ct)
    {
        try
        {
            await using (var copy = new SqliteConnection(Alone(half)))
            {
                await copy.OpenAsync(ct);
                await MustBeSoundAsync(copy, file, ct);
                await AskAsync(copy, LikeOurs, ct);
            }

            await using var db = new SqlitePanelDb(new DbContextOptionsBuilder<SqlitePanelDb>().UseSqlite(Alone(half)).Options);
            var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
            if (applied.Count == 0) throw new DatabaseCopyException($"{file}: is a database, but none of this program's");
            if (applied.Except(db.Database.GetMigrations()).FirstOrDefault() is { } newer)
                throw new DatabaseCopyException($"{file}: was made by a newer program (it has {newer}); restore it with that one");
        }
        catch (SqliteException broken)
        {
            throw new DatabaseCopyException($"{file}: is no sound SQLite database ({broken.Message})");
        }
    }

    /// <summary>The old database is kept under another name. A program that has it open would go on writing into it, so none may.</summary>
    private static async Task<string> SetAsideAsync(string database, DateTimeOffset now, CancellationToken ct)
    {
        SqliteConnection.ClearAllPools();
        try
        {
            await using var old = new SqliteConnection(Alone(database) + ";Default Timeout=1");
            await old.OpenAsync(ct);
            // Leaving the write-ahead log needs the file for oneself.
            await AskAsync(old, "PRAGMA journal_mode=DELETE", ct);
        }
        catch (SqliteException inUse) when (inUse.SqliteErrorCode is Busy or Locked)
        {
            throw new DatabaseCopyException($"{database}: is in use; stop the server and its workers first");
        }
        catch (SqliteException)
        {
            // Broken: the very reason to restore. It is kept as it is.
        }

        var kept = $"{database}.replaced-{now.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";
        foreach (var part in new[] { "", "-wal", "-shm" })
            if (File.Exists(database + part)) File.Move(database + part, kept + part);
        return kept;
    }

    private static async Task MustBeSoundAsync(SqliteConnection connection, string file, CancellationToken ct)
    {
        var verdict = await AskAsync(connection, "PRAGMA integrity_check(1)", ct);
        if (verdict != "ok") throw new DatabaseCopyException($"{file}: integrity check: {verdict}");
    }

    internal static async Task<string?> AskAsync(SqliteConnection connection, string pragma, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = pragma;
        return Convert.ToString(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
    }

    internal static string Alone(string file) => new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString;
}

/// <summary>A SQLite file copied aside with its log, so that reading it changes nothing; gone when disposed.</summary>
internal sealed class SqliteCopy : IDisposable
{
    private readonly string folder;

    private SqliteCopy(string folder) => this.folder = folder;

    public string ConnectionString => SqliteCopies.Alone(Path.Combine(folder, "copy.db"));

    /// <exception cref="DatabaseCopyException">The file is no SQLite database.</exception>
    public static async Task<SqliteCopy> OfAsync(string file, CancellationToken ct)
    {
        var copy = new SqliteCopy(Directory.CreateTempSubdirectory("expertpanel-copy-").FullName);
        try
        {
            foreach (var part in new[] { "", "-wal" })
                if (File.Exists(file + part)) File.Copy(file + part, Path.Combine(copy.folder, "copy.db" + part));
            await using var connection = new SqliteConnection(copy.ConnectionString);
            await connection.OpenAsync(ct);
            await SqliteCopies.AskAsync(connection, SqliteCopies.LikeOurs, ct);
            return copy;
        }
        catch (Exception trouble) when (trouble is SqliteException or IOException or UnauthorizedAccessException)
        {
            copy.Dispose();
            throw new DatabaseCopyException($"{file}: can't be read as a SQLite database ({trouble.Message})");
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
