using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ExpertPanel.Server.Data;

/// <summary>PostgreSQL by its own tools, which must be on the path. The password travels in the environment, not on the command line.</summary>
internal sealed class PostgresCopies(DatabaseTarget target) : IDatabaseCopies
{
    private readonly NpgsqlConnectionStringBuilder connection = new(target.ConnectionString);

    public async Task<KeptCopy> BackUpAsync(string file, CancellationToken ct)
    {
        var half = file + ".partial";
        try
        {
            await RunAsync("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--file", half], ct);
            // Reads the copy's table of contents from its end: a copy cut short is noticed.
            await RunAsync("pg_restore", ["--list", half], ct);
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
        var hash = await CopySeal.CheckAsync(file, ct);
        await RunAsync("pg_restore", ["--list", file], ct);
        await RunAsync("pg_restore", ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--dbname", connection.Database ?? "", file], ct);
        return new(file, hash, Replaced: null);
    }

    private async Task RunAsync(string tool, IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = connection.Database;
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password;
        using var process = Start(start, tool);
        var (said, complaint) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        await said;
        if (process.ExitCode != 0) throw new DatabaseCopyException($"{tool}: {(await complaint).Trim().ReplaceLineEndings(" ")}");
    }

    private static Process Start(ProcessStartInfo start, string tool)
    {
        try
        {
            return Process.Start(start) ?? throw new DatabaseCopyException($"{tool}: could not be started");
        }
        catch (Win32Exception)
        {
            throw new DatabaseCopyException($"{tool}: is not on this machine's path; install PostgreSQL's client tools, version 15 or later");
        }
    }
}
