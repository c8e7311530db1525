using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>One suite, two real databases: what holds on one must hold on the other.</summary>
public abstract class OnBothDatabases(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind> Both { get; } = [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    protected PostgresServer Server => postgres;

    protected async Task<TestPanel> PanelAsync(DatabaseKind on, int experts = 60)
    {
        if (on == DatabaseKind.Sqlite) return await TestPanel.CreateAsync(experts);
        var database = await postgres.CreateDatabaseAsync();
        return await TestPanel.CreateAsync(experts, database.ConnectionString, cleanUp: database.DropAsync);
    }

    /// <summary>Another process on the same database: its own connections, its own memory.</summary>
    protected static ServiceProvider SecondNode(TestPanel panel) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(panel.Clock)
        .AddSingleton(new PanelDbFactory(panel.Databases.Target))
        .AddProcesses(SeedFiles.BesideProgram.Calendars, new ReplyTokens(new byte[32]), new MailIdentity("panel.test"))
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    protected static async Task<T[]> InParallel<T>(int callers, Func<int, Task<T>> call)
    {
        using var go = new SemaphoreSlim(0, callers);
        var all = Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            await go.WaitAsync();
            return await call(caller);
        })).ToList();
        go.Release(callers);
        return await Task.WhenAll(all);
    }

    /// <summary>How many rows each table holds that a step writes.</summary>
    protected static async Task<IReadOnlyDictionary<string, int>> RowsAsync(TestPanel panel)
    {
        await using var db = panel.Open();
        return new Dictionary<string, int>
        {
            ["matters"] = await db.Matters.CountAsync(),
            ["history"] = await db.History.CountAsync(),
            ["timers"] = await db.Timers.CountAsync(),
            ["letters"] = await db.Letters.CountAsync(),
            ["invitations"] = await db.Invitations.CountAsync(),
            ["draws"] = await db.Draws.CountAsync(),
            ["numbers"] = await db.NumberSeries.SumAsync(s => s.Last),
            ["fired"] = await db.Timers.CountAsync(t => t.FiredAt != null),
        };
    }

    protected static async Task<MatterRow> RowAsync(TestPanel panel, Guid matter)
    {
        await using var db = panel.Open();
        return await db.Matters.AsNoTracking().SingleAsync(m => m.Id == matter);
    }

    protected static async Task IntactAsync(TestPanel panel)
    {
        await using var db = panel.Open();
        var report = await AuditCheck.RunAsync(db, CancellationToken.None);
        Assert.True(report.Intact, string.Join("; ", report.Faults));
    }

    protected static Task<StepResult> RunOnAsync(IServiceProvider node, TestPanel panel, Guid? matter, MatterCommand command, Actor actor, string? key = null) =>
        node.GetRequiredService<ProcessRunner>().RunAsync(panel.TenantId, matter, command, actor, key, CancellationToken.None);
}
