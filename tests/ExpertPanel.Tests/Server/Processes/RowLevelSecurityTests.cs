using System.Globalization;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Tenancy;
using ExpertPanel.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>The second wall stands also where the first was forgotten: on PostgreSQL, whatever a query says.</summary>
public sealed class RowLevelSecurityTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    [Fact]
    public async Task Without_the_filter_another_committee_still_sees_no_row()
    {
        await using var panel = await PanelAsync(DatabaseKind.Postgres);
        await Stage.ExpertConsultingAsync(panel);
        var stranger = await StrangerAsync(panel);
        var tables = await OwnedTablesAsync(panel);
        Assert.True(tables.Count > 15);

        await using var own = panel.Open();
        await using var other = panel.Databases.Create(stranger);
        var seen = 0L;
        foreach (var table in tables)
        {
            seen += await CountAsync(own, table);
            Assert.Equal(0, await CountAsync(other, table));
        }

        Assert.True(seen > 100, $"the committee itself sees {seen} rows");
    }

    [Fact]
    public async Task Without_the_filter_another_committee_changes_and_adds_nothing()
    {
        await using var panel = await PanelAsync(DatabaseKind.Postgres);
        var matter = await Stage.RegisteredAsync(panel);
        await using var other = panel.Databases.Create(await StrangerAsync(panel));
        Assert.Equal(0, await other.Database.ExecuteSqlRawAsync("UPDATE matters SET \"Title\" = 'x'"));
        Assert.Equal(0, await other.Database.ExecuteSqlRawAsync("DELETE FROM history"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => other.Database.ExecuteSqlAsync(
            $"INSERT INTO local_days (\"TenantId\", \"Date\", \"IsWorking\", \"Name\") VALUES ({panel.TenantId}, '2014-09-30', false, 'x')"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Equal(matter.Title, (await RowAsync(panel, matter.Id)).Title);
    }

    [Theory]
    [InlineData("SELECT * FROM letters"), InlineData("SELECT \"ToAddress\" FROM letters"), InlineData("SELECT \"Raw\" FROM inbound_mails"), InlineData("SELECT \"Content\" FROM files"), InlineData("SELECT \"Roles\" FROM memberships")]
    [InlineData("INSERT INTO matters SELECT * FROM matters"), InlineData("DELETE FROM history"), InlineData("UPDATE timers SET \"FiredAt\" = now()"), InlineData("CREATE TABLE mine (id int)"), InlineData("ALTER TABLE matters DISABLE ROW LEVEL SECURITY")]
    public async Task Without_a_committee_ids_are_found_and_nothing_is_read(string sql)
    {
        await using var panel = await PanelAsync(DatabaseKind.Postgres);
        await Stage.ExpertConsultingAsync(panel);
        await using var finder = panel.Databases.Create(Guid.Empty);
        Assert.NotEmpty(await CrossTenant.DueLettersAsync(finder, panel.Clock.GetUtcNow().AddYears(1), 100, CancellationToken.None));
        Assert.NotNull(await CrossTenant.NextTimerAsync(finder));
        Assert.Null(await CrossTenant.FindInvitationAsync(finder, "none"));
        Assert.Null(await CrossTenant.FindConfirmationAsync(finder, "none", CancellationToken.None));
        Assert.Empty(await CrossTenant.LoansToCarryAsync(finder, 10, CancellationToken.None));
        Assert.Empty(await CrossTenant.FilesToScanAsync(finder, panel.Clock.GetUtcNow(), 10, CancellationToken.None));
        Assert.Empty(await CrossTenant.MailsToScanAsync(finder, panel.Clock.GetUtcNow(), 10, CancellationToken.None));
        Assert.Null(await CrossTenant.FindApiTokenAsync(finder, "none", CancellationToken.None));
        Assert.Null(await CrossTenant.FindLetterAsync(finder, "none", CancellationToken.None));
        Assert.Empty(await CrossTenant.MembershipsAsync(finder, Guid.CreateVersion7(), CancellationToken.None));
        foreach (var unread in new[] { "matters", "experts", "history", "rules", "draws" }) Assert.Equal(0, await CountAsync(finder, unread));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => finder.Database.ExecuteSqlRawAsync(sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Every_table_with_a_committee_is_behind_the_wall_and_putting_it_up_again_changes_nothing()
    {
        await using var panel = await PanelAsync(DatabaseKind.Postgres);
        await panel.Databases.MigrateAsync(CancellationToken.None);
        await using var owner = panel.Databases.CreateOwner();
        var open = await owner.Database.SqlQueryRaw<string>(
            "SELECT c.relname AS \"Value\" FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'TenantId' WHERE c.relkind = 'r' AND NOT c.relrowsecurity").ToListAsync();
        Assert.Empty(open);
        var attributes = await owner.Database.SqlQueryRaw<bool>(
            $"SELECT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcanlogin) AS \"Value\" FROM pg_roles WHERE rolname IN ('{RowLevelSecurity.CommitteeRole}', '{RowLevelSecurity.FinderRole}')").ToListAsync();
        Assert.Equal([false, false], attributes);
        Assert.Empty(await owner.Database.SqlQueryRaw<string>(
            $"SELECT relname AS \"Value\" FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname IN ('{RowLevelSecurity.CommitteeRole}', '{RowLevelSecurity.FinderRole}')").ToListAsync());
    }

    [Fact]
    public async Task Who_may_not_make_roles_migrates_with_those_an_administrator_made()
    {
        await using (await PanelAsync(DatabaseKind.Postgres))
        {
            // Any migration before has made the two roles.
        }

        var database = await Server.CreateDatabaseAsync(migrated: false);
        var plain = $"plain_{Environment.ProcessId}";
        var own = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await RunAsync(database.ConnectionString, $"CREATE ROLE {plain} LOGIN PASSWORD 'x'; GRANT {RowLevelSecurity.CommitteeRole}, {RowLevelSecurity.FinderRole} TO {plain}; ALTER DATABASE {own.Database} OWNER TO {plain}; ALTER SCHEMA public OWNER TO {plain}");
        own.Username = plain;
        own.Password = "x";
        using (var databases = new PanelDbFactory(new(own.ConnectionString)))
        {
            await databases.MigrateAsync(CancellationToken.None);
            await databases.MigrateAsync(CancellationToken.None);
            await using var finder = databases.Create(Guid.Empty);
            Assert.Equal(0, await finder.Committees.CountAsync());
            await using var committee = databases.Create(Guid.CreateVersion7());
            Assert.Equal(0, await committee.Matters.CountAsync());
        }

        await using (var pool = new NpgsqlConnection(own.ConnectionString)) NpgsqlConnection.ClearPool(pool);
        await RunAsync(database.ConnectionString, $"ALTER DATABASE {own.Database} OWNER TO CURRENT_USER; REASSIGN OWNED BY {plain} TO CURRENT_USER; DROP OWNED BY {plain}; DROP ROLE {plain}");
        await database.DropAsync();
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names made here; DDL takes no parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<IReadOnlyList<string>> OwnedTablesAsync(TestPanel panel)
    {
        await using var db = panel.Open();
        return [.. db.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(ITenantOwned))).Select(e => e.GetTableName()!)];
    }

    private static async Task<long> CountAsync(PanelDb db, string table) =>
        await db.Database.SqlQueryRaw<long>(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) AS \"Value\" FROM \"{table}\"")).SingleAsync();

    private static async Task<Guid> StrangerAsync(TestPanel panel)
    {
        var id = Guid.CreateVersion7();
        await using var db = panel.Databases.Create(Guid.Empty);
        db.Committees.Add(new() { Id = id, Code = "620500", Place = "天水市", OfficeName = "天水市人民政府法制办公室", Level = "prefecture" });
        await db.SaveChangesAsync();
        return id;
    }
}
