using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Hosting;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ExpertPanel.Tests;

/// <summary>
/// The real program on a SQLite file of its own, in memory instead of on a port. Use it as a class fixture and drive it by HTTP:
/// <see cref="SignInAsync"/> gives a browser that is signed in. The province's committee has the seeds' route and rules.
/// </summary>
public sealed class AppFactory : IAsyncLifetime
{
    public const string Password = "a long sentence for tests only 7";

    private readonly string folder = Directory.CreateTempSubdirectory("panel-web-").FullName;
    private readonly string environment;
    private readonly RunningProgram host;

    public AppFactory() : this("Development")
    {
    }

    private AppFactory(string environment, IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null) =>
        (this.environment, host) = (environment, new RunningProgram(environment, folder, settings ?? new Dictionary<string, string>(), services));

    /// <param name="settings">Added to the program's configuration.</param>
    /// <param name="services">Replaces services, such as the clock.</param>
    public static async Task<AppFactory> StartAsync(
        string environment = "Development", IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null, bool migrate = true)
    {
        var app = new AppFactory(environment, settings, services);
        if (migrate) await app.InitializeAsync();
        return app;
    }

    public Guid TenantId { get; private set; }

    public IServiceProvider Services => host.Services;

    public Lazy<IReadOnlyList<string>> Log => new(() => [.. host.Lines]);

    public async ValueTask InitializeAsync()
    {
        await SqliteTemplate.CopyToAsync(Path.Combine(folder, "expertpanel.db"));
        Assert.True(await Services.GetRequiredService<Schema>().IsCurrentAsync(CancellationToken.None));
        TenantId = await AddCommitteeAsync("620000", "甘肃省", "province");
    }

    public async Task<Guid> AddCommitteeAsync(string code, string place, string level)
    {
        var tenant = Guid.CreateVersion7();
        var databases = Services.GetRequiredService<PanelDbFactory>();
        await using (var db = databases.Create(Guid.Empty))
        {
            db.Committees.Add(new() { Id = tenant, Code = code, Place = place, OfficeName = $"{place}人民政府法制办公室", Level = level });
            await db.SaveChangesAsync();
        }

        await using (var db = databases.Create(tenant))
            await CommitteeSetup.AdoptDefaultsAsync(db, await db.Committees.SingleAsync(c => c.Id == tenant), SeedFiles.BesideProgram, TestPanel.Start, CancellationToken.None);
        return tenant;
    }

    /// <summary>An account with <see cref="Password"/>; <paramref name="edit"/> makes it special.</summary>
    public async Task<AppUser> AddAccountAsync(string name, IReadOnlyList<Role> roles, Action<AppUser>? edit = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var user = new AppUser { Id = Guid.CreateVersion7(), TenantId = TenantId, UserName = name, DisplayName = name, Roles = [.. roles] };
        edit?.Invoke(user);
        var result = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().CreateAsync(user, Password);
        Assert.True(result.Succeeded, string.Join("; ", result.Errors.Select(e => e.Description)));
        return user;
    }

    /// <summary>A browser that follows no redirect by itself and keeps its cookies.</summary>
    /// <param name="baseAddress">Production is reached by TLS unless said otherwise.</param>
    public Browser Open(string? baseAddress = null) =>
        new(host.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new(baseAddress ?? (environment == "Development" ? "http://localhost" : "https://panel.example")) }));

    /// <summary>Makes the account and signs it in.</summary>
    public async Task<Browser> SignInAsync(string name, params Role[] roles)
    {
        await AddAccountAsync(name, roles);
        var browser = Open();
        await browser.SignInAsync(name, Password);
        return browser;
    }

    /// <summary>A unit of work of the committee, to look at what was written.</summary>
    public PanelDb Database(Guid? tenant = null) => Services.GetRequiredService<PanelDbFactory>().Create(tenant ?? TenantId);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class RunningProgram(string environment, string folder, IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? services)
        : WebApplicationFactory<Program>, ILoggerProvider
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Recorder(Lines);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(environment);
            builder.UseSetting("AppData", folder);
            builder.UseSetting("Demo:Seed", "false");
            foreach (var (key, value) in settings) builder.UseSetting(key, value);
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(this).SetMinimumLevel(LogLevel.Information));
            builder.ConfigureTestServices(s =>
            {
                // A test decides itself when letters leave and timers fire.
                foreach (var worker in s.Where(d => d.ServiceType == typeof(IHostedService) && d.ImplementationType?.Assembly == typeof(PanelDb).Assembly).ToList())
                    s.Remove(worker);
                // A password is hashed as slowly as in life where that is the subject; elsewhere it is a quarter of the suite.
                s.Configure<PasswordHasherOptions>(o => o.IterationCount = 1_000);
                services?.Invoke(s);
            });
        }

        private sealed class Recorder(System.Collections.Concurrent.ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
        }
    }
}
