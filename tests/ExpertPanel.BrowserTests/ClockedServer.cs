using System.Net;
using ExpertPanel.Server.Seeding;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExpertPanel.BrowserTests;

/// <summary>The whole program, workers and all, on a port of its own inside the tests' process, so that a test can set its clock forward.</summary>
public sealed class ClockedServer : WebApplicationFactory<Program>, IOfficeServer
{
    /// <summary>A Friday in Beijing with five weeks without a holiday before it.</summary>
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 10, 0, 0, TimeSpan.FromHours(8));

    private readonly string folder = Directory.CreateTempSubdirectory("panel-clocked-").FullName;
    private readonly int port = OfficeServer.FreePort();
    private readonly AnnouncedSeeding seeding = new();

    private ClockedServer()
    {
    }

    public MovableClock Clock { get; } = new(Start);

    public string Address => $"http://127.0.0.1:{port}";

    public string Password => seeding.Password;

    public MailFolders Mail => new(Path.Combine(folder, "mail"));

    public static async Task<ClockedServer> StartAsync()
    {
        var server = new ClockedServer();
        try
        {
            server.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, server.port));
            await Task.Run(server.StartServer);
            return server;
        }
        catch
        {
            await server.DisposeAsync(); // Nobody else will.
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        foreach (var (name, value) in OfficeServer.Settings(folder, Address)) builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock).AddSingleton<IDemoSeeding>(seeding));
    }

    /// <summary>The program's own seeding, which tells the tests the password instead of the console.</summary>
    private sealed class AnnouncedSeeding : IDemoSeeding
    {
        public string Password { get; private set; } = "";

        public Task SeedAsync(IServiceProvider services, CancellationToken cancellationToken) =>
            DemoSeeding.LoadAsync(services, mustChangePassword: false, result => Password = result.Password ?? "", cancellationToken);
    }
}
