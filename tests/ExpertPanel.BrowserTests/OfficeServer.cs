using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ExpertPanel.BrowserTests;

/// <summary>The built program in a process of its own, with the demo province, a data folder of its own and its mail as files.</summary>
public sealed partial class OfficeServer : IOfficeServer
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly string folder;
    private readonly ConcurrentQueue<string> output;

    private OfficeServer(Process process, string folder, string address, ConcurrentQueue<string> output) =>
        (this.process, this.folder, Address, this.output) = (process, folder, address, output);

    public string Address { get; }

    /// <summary>Of every demo account; the program printed it.</summary>
    public string Password { get; private set; } = "";

    public MailFolders Mail => new(Path.Combine(folder, "mail"));

    /// <summary>What the program printed, for the message of a failure.</summary>
    public string Output => string.Join('\n', output.Where(line => !line.Contains("演示账号", StringComparison.Ordinal)).TakeLast(40));

    public static async Task<OfficeServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("panel-journey-").FullName;
        var address = $"http://127.0.0.1:{FreePort()}";
        var output = new ConcurrentQueue<string>();
        var process = new Process { StartInfo = Program(folder, address) };
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var server = new OfficeServer(process, folder, address, output);
        try
        {
            await server.ReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync(); // Nobody else will.
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task ReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = new(Address) };
        Password = await Poll.UntilAsync("the program serves its pages and has printed the demo accounts' password", StartsWithin, async () =>
        {
            if (process.HasExited) throw new InvalidOperationException("The program ended at once:\n" + Output);
            var printed = output.Select(line => PrintedPassword().Match(line)).FirstOrDefault(match => match.Success)?.Groups["password"].Value;
            return printed is not null && await AnswersAsync(client) ? printed : null;
        });
    }

    private static ProcessStartInfo Program(string folder, string address)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.ServerProgram, "--urls", address]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in Settings(folder, address)) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/healthz")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
    }

    /// <summary>What the program is told beside its defaults.</summary>
    internal static IReadOnlyDictionary<string, string> Settings(string folder, string address) => new Dictionary<string, string>
    {
        ["AppData"] = folder,
        ["Mail:BaseUrl"] = address + "/",
        // The journeys sign in a dozen people within a minute, from one address.
        ["RateLimits:LoginPerMinute"] = "1000",
        ["RateLimits:ReplyPerMinute"] = "1000",
    };

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"shown this once: (?<password>\S+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PrintedPassword();
}
