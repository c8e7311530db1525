using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ExpertPanel.Tests.Fixtures;

/// <summary>
/// A PostgreSQL cluster in a temporary folder, on a free port of the loopback, with fsync on as in life. It needs no privileges; as root it
/// runs as postgres, or as nobody where there is no such account.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Prefix = "expertpanel-postgres-";

    private static readonly string? Programs = FindPrograms();

    private readonly string folder;
    private readonly string? user;

    private PostgresCluster(string folder, string? user, int port)
    {
        (this.folder, this.user) = (folder, user);
        ConnectionString = $"Host=127.0.0.1;Port={port.ToString(CultureInfo.InvariantCulture)};Username=panel;Database=postgres;Maximum Pool Size=40;Include Error Detail=true";
    }

    public string ConnectionString { get; }

    /// <summary>What stands in the way of starting one, or null.</summary>
    public static string? Missing => Programs is null
        ? "PostgreSQL's initdb and pg_ctl were not found (/usr/lib/postgresql/*/bin or the path): apt-get install postgresql, or set EXPERTPANEL_TEST_POSTGRES."
        : null;

    private string Data => Path.Combine(folder, "data");

    public static async Task<PostgresCluster> StartAsync()
    {
        await SweepAsync();
        var folder = Directory.CreateTempSubdirectory($"{Prefix}{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-").FullName;
        var user = Environment.IsPrivilegedProcess ? await Account() : null;
        if (user is not null) await RunAsync("chown", [user, folder], null);
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();

        var cluster = new PostgresCluster(folder, user, port);
        await cluster.RunAsync("initdb", "-D", cluster.Data, "-U", "panel", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        await cluster.RunAsync("pg_ctl", "-D", cluster.Data, "-l", Path.Combine(folder, "log"), "-w", "-t", "60", "-o",
            string.Create(CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{folder}' -c max_connections=200 -c fsync=on"), "start");
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private Task RunAsync(string program, params IReadOnlyList<string> arguments) => RunAsync(Path.Combine(Programs ?? "", program), arguments, user);

    /// <summary>Stops what a run that was killed has left behind; its folder says which process it belonged to.</summary>
    private static async Task SweepAsync()
    {
        foreach (var left in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var owner = Path.GetFileName(left)[Prefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || Alive(id)) continue;
            var pidFile = Path.Combine(left, "data", "postmaster.pid");
            if (File.Exists(pidFile) && int.TryParse((await File.ReadAllLinesAsync(pidFile))[0], NumberStyles.None, CultureInfo.InvariantCulture, out var postmaster) && Alive(postmaster))
                await RunAsync(Path.Combine(Programs ?? "", "pg_ctl"), ["-D", Path.Combine(left, "data"), "-m", "immediate", "-w", "stop"], Environment.IsPrivilegedProcess ? await Account() : null);
            Directory.Delete(left, recursive: true);
        }
    }

    private static bool Alive(int id) => Directory.Exists($"/proc/{id.ToString(CultureInfo.InvariantCulture)}");

    private static async Task<string> Account() =>
        (await File.ReadAllLinesAsync("/etc/passwd")).Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static string? FindPrograms()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => d, StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))
            : [];
        return installed.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments, string? user)
    {
        var start = user is null
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo("setpriv", ["--reuid", user, "--regid", await GroupOf(user), "--clear-groups", program, .. arguments]);
        (start.WorkingDirectory, start.RedirectStandardError, start.RedirectStandardOutput) = (Path.GetTempPath(), true, true);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        // Not to the end of the pipes: the server keeps them open.
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode == 0) return;
        throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await complained} {await said}");
    }

    private static async Task<string> GroupOf(string user) =>
        (await File.ReadAllLinesAsync("/etc/passwd")).Select(line => line.Split(':')).First(fields => fields[0] == user)[3];
}
