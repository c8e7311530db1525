using ExpertPanel.Server.Data;
using ExpertPanel.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>Whoever was told "done" finds it done after a crash: the settings that this rests on, on every connection.</summary>
public sealed class DurabilityTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    [Fact]
    public async Task Every_SQLite_connection_writes_ahead_and_waits_for_the_disk()
    {
        await using var panel = await TestPanel.CreateAsync(1);
        await Stage.RegisteredAsync(panel);
        await using var reader = panel.Open();
        await using var another = panel.Open();
        using var turn = await panel.Databases.Gate.EnterAsync(CancellationToken.None);
        await using var writer = await panel.Databases.CreateWriterAsync(panel.TenantId, CancellationToken.None);
        foreach (var db in new[] { reader, another, writer })
        {
            await db.Database.OpenConnectionAsync();
            Assert.Equal("wal", await SayAsync(db, "PRAGMA journal_mode"));
            Assert.Equal("2", await SayAsync(db, "PRAGMA synchronous")); // FULL
            Assert.Equal("1", await SayAsync(db, "PRAGMA foreign_keys"));
        }
    }

    [Fact]
    public async Task The_PostgreSQL_of_the_tests_waits_for_the_disk_too()
    {
        await using var panel = await PanelAsync(DatabaseKind.Postgres, 1);
        await using var db = panel.Open();
        await db.Database.OpenConnectionAsync();
        Assert.Equal("on", await SayAsync(db, "SHOW fsync"));
        Assert.Equal("on", await SayAsync(db, "SHOW synchronous_commit"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_model_and_the_migrations_agree(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on, 1);
        await using var db = panel.Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_was_done_is_there_for_a_new_connection(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.RegisteredAsync(panel);
        using var databases = new PanelDbFactory(panel.Databases.Target);
        await using var db = databases.Create(panel.TenantId);
        Assert.Equal(matter.Number, (await db.Matters.SingleAsync()).Number);
    }

    private static async Task<string?> SayAsync(PanelDb db, string question)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The test's own constants.
        command.CommandText = question;
#pragma warning restore CA2100
        return $"{await command.ExecuteScalarAsync()}";
    }
}
