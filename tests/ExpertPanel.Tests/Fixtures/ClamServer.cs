using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace ExpertPanel.Tests.Fixtures;

/// <summary>
/// A real clamd in a folder of its own, on a socket of its own, as an account without privileges. Its whole database is one signature, that
/// of the EICAR test string: nothing is downloaded.
/// </summary>
public sealed class ClamServer : IAsyncDisposable
{
    public const string Find = "Test.Eicar.Own.UNOFFICIAL";

    private const string Program = "/usr/sbin/clamd";

    private readonly string folder;
    private Process? server;

    private ClamServer(string folder) => this.folder = folder;

    public string Address => Path.Combine(folder, "s");

    /// <summary>What every scanner takes for a virus (eicar.org), put together here so that no scanner takes this file for one.</summary>
    public static byte[] Eicar { get; } = Encoding.ASCII.GetBytes("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS" + "-TEST-FILE!$H+H*");

    /// <summary>Skips the running test where clamd is not installed; in CI that is a failure instead.</summary>
    public static async Task<ClamServer> StartAsync(CancellationToken ct)
    {
        var missing = !File.Exists(Program);
        if (missing && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail($"{Program} is missing: apt-get install clamav-daemon");
        Assert.SkipWhen(missing, $"{Program} is not installed.");
        // Short, for a socket's path may have 107 bytes.
        var clam = new ClamServer(Directory.CreateTempSubdirectory("clam-").FullName);
        try
        {
            await clam.PrepareAsync(ct);
            await clam.StartAgainAsync(ct);
            return clam;
        }
        catch
        {
            await clam.DisposeAsync();
            throw;
        }
    }

    public async Task StartAgainAsync(CancellationToken ct)
    {
        string[] drop = Environment.IsPrivilegedProcess ? ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--no-new-privs"] : ["--no-new-privs"];
        server = Process.Start(new ProcessStartInfo("setpriv", [.. drop, Program, "-c", Path.Combine(folder, "clamd.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{Program} did not start.");
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!await AnswersAsync(patience.Token))
        {
            if (server.HasExited) Assert.Fail($"clamd ended at once with {server.ExitCode}");
            await Task.Delay(50, patience.Token);
        }
    }

    public async Task StopAsync()
    {
        if (server is null) return;
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
        File.Delete(Address);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.Combine(folder, "db"));
        var signature = Convert.ToHexStringLower(Encoding.ASCII.GetBytes("EICAR-STANDARD-ANTIVIRUS" + "-TEST-FILE"));
        await File.WriteAllTextAsync(Path.Combine(folder, "db", "own.ndb"), string.Create(CultureInfo.InvariantCulture, $"Test.Eicar.Own:0:*:{signature}\n"), ct);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "clamd.conf"), $"DatabaseDirectory {folder}/db\nLocalSocket {Address}\nTemporaryDirectory {folder}\nForeground yes\nStreamMaxLength 40M\nMaxThreads 2\nSelfCheck 3600\n", ct);
        if (!Environment.IsPrivilegedProcess) return;
        using var owned = Process.Start("chown", ["-R", "nobody:nogroup", folder]);
        await owned.WaitForExitAsync(ct);
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        if (!File.Exists(Address)) return false;
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(Address), ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
