using Xunit;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExpertPanel.Tests;

/// <summary>A whole panel on a real database of its own: the province's committee with the seeds' route, rules and a made-up bank.</summary>
public sealed class TestPanel : IAsyncDisposable
{
    private readonly IServiceProvider services;
    private readonly Func<ValueTask> cleanUp;

    private TestPanel(IServiceProvider services, FakeTimeProvider clock, Guid tenantId, Func<ValueTask> cleanUp) =>
        (this.services, Clock, TenantId, this.cleanUp) = (services, clock, tenantId, cleanUp);

    /// <summary>Friday 2014-09-26, 09:00 in Beijing.</summary>
    public static DateTimeOffset Start { get; } = new(2014, 9, 26, 9, 0, 0, TimeSpan.FromHours(8));

    public FakeTimeProvider Clock { get; }

    public Guid TenantId { get; }

    public PanelDbFactory Databases => services.GetRequiredService<PanelDbFactory>();

    public ProcessRunner Runner => services.GetRequiredService<ProcessRunner>();

    public TimerRunner Timers => services.GetRequiredService<TimerRunner>();

    public ReplyTokens Tokens => services.GetRequiredService<ReplyTokens>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<TestPanel> CreateAsync(
        int experts = 60, string? connectionString = null, Action<IServiceCollection>? more = null, Func<ValueTask>? cleanUp = null)
    {
        var clock = new Fixtures.PanelClock(Start);
        var folder = Directory.CreateTempSubdirectory("panel-test-").FullName;
        if (connectionString is null) await Fixtures.SqliteTemplate.CopyToAsync(Path.Combine(folder, "panel.db"));
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(new PanelDbFactory(new(connectionString ?? $"Data Source={Path.Combine(folder, "panel.db")}")))
            .AddProcesses(SeedFiles.BesideProgram.Calendars, new ReplyTokens(new byte[32]), new MailIdentity("panel.test"));
        more?.Invoke(services);
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var databases = provider.GetRequiredService<PanelDbFactory>();
        var tenant = await SetUpAsync(databases, experts);
        return new(provider, clock, tenant, async () =>
        {
            await provider.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            if (cleanUp is not null) await cleanUp();
        });
    }

    /// <summary>The panel of a running program, which keeps its own services; <paramref name="experts"/> join its bank.</summary>
    public static async Task<TestPanel> OverAsync(IServiceProvider services, FakeTimeProvider clock, Guid tenantId, int experts = 60)
    {
        var panel = new TestPanel(services, clock, tenantId, () => ValueTask.CompletedTask);
        await using var db = panel.Open();
        db.Experts.AddRange(MadeUpBank.Of(SeedFiles.BesideProgram, experts, 17, DateOnly.FromDateTime(Start.Date)));
        await db.SaveChangesAsync();
        return panel;
    }

    private static async Task<Guid> SetUpAsync(PanelDbFactory databases, int experts)
    {
        var tenant = Guid.CreateVersion7();
        await databases.MigrateAsync(CancellationToken.None);
        await using (var db = databases.Create(Guid.Empty))
        {
            db.Committees.Add(new() { Id = tenant, Code = "620000", Place = "甘肃省", OfficeName = "甘肃省人民政府法制办公室", Level = "province" });
            await db.SaveChangesAsync();
        }

        await using (var db = databases.Create(tenant))
        {
            var committee = await db.Committees.SingleAsync(c => c.Id == tenant);
            await CommitteeSetup.AdoptDefaultsAsync(db, committee, SeedFiles.BesideProgram, Start, CancellationToken.None);
            db.Experts.AddRange(MadeUpBank.Of(SeedFiles.BesideProgram, experts, 17, DateOnly.FromDateTime(Start.Date)));
            await db.SaveChangesAsync();
        }

        return tenant;
    }

    public PanelDb Open() => Databases.Create(TenantId);

    public async Task<StepResult> RunAsync(Guid? matterId, MatterCommand command, Actor actor, string? key = null) =>
        await Runner.RunAsync(TenantId, matterId, command, actor, key, CancellationToken.None);

    /// <summary>Runs a command that must be accepted.</summary>
    public async Task<Matter> MustAsync(Guid? matterId, MatterCommand command, Actor actor)
    {
        var result = await RunAsync(matterId, command, actor);
        Assert.True(result.Ok, $"{command.Name}: {result.Refusal?.Code} {result.Refusal?.Message}");
        return result.Matter ?? throw new InvalidOperationException($"{command.Name} gave no matter.");
    }

    /// <summary>Sets the clock forward and puts every question that falls due on the way, in order.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var until = Clock.GetUtcNow() + time;
        while (true)
        {
            await using var db = Databases.Create(Guid.Empty);
            if (await CrossTenant.NextTimerAsync(db) is not { } next || next > until) break;
            if (next > Clock.GetUtcNow()) Clock.SetUtcNow(next);
            await Timers.FireDueAsync(100, CancellationToken.None);
        }

        if (until > Clock.GetUtcNow()) Clock.SetUtcNow(until);
    }

    public ValueTask DisposeAsync() => cleanUp();
}
