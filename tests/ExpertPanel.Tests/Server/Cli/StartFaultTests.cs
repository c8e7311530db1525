using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace ExpertPanel.Tests.Server.Cli;

/// <summary>The program itself as an operator starts it, with something wrong: it ends with code 2 and says what, in its last line.</summary>
public sealed class StartFaultTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("panel-start-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Mail__Transport", "Pigeon", "'Pigeon' at 'Mail:Transport'")]
    [InlineData("Mail__Source", "Imap", "Mail:Imap: expected Host")]
    [InlineData("Proxies__Known__0", "x", "Proxies:Known: expected IP addresses")]
    [InlineData("Secrets__ReplyKey", "zz", "Secrets:ReplyKey (or reply.key in AppData): expected 64 hex digits")]
    [InlineData("Database__ConnectionString", "garbage", "Database:ConnectionString: expected")]
    [InlineData("URLS", "nonsense", "--urls: Invalid url: 'nonsense'")]
    public async Task A_wrong_setting_is_named(string setting, string value, string says)
    {
        var (code, error) = await StartAsync(setting, value);
        Assert.Equal(2, code);
        Assert.Contains(says, error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var (code, error) = await StartAsync("URLS", address);
        Assert.Equal(2, code);
        Assert.Contains($"{address}: address already in use", error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> StartAsync(string setting, string value)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : "dotnet", [Path.Combine(AppContext.BaseDirectory, "ExpertPanel.Server.dll")])
        {
            WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["URLS"] = "http://127.0.0.1:0", [setting] = value },
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        try
        {
            var (said, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            await said;
            return (process.ExitCode, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
