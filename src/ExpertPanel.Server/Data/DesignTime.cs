using Microsoft.EntityFrameworkCore.Design;

namespace ExpertPanel.Server.Data;

/// <summary>For the migration tool only; no database is touched.</summary>
internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqlitePanelDb>
{
    public SqlitePanelDb CreateDbContext(string[] args) => new(PanelDbFactory.Sqlite("Data Source=design.db"));
}

internal sealed class DesignTimePostgres : IDesignTimeDbContextFactory<PostgresPanelDb>
{
    public PostgresPanelDb CreateDbContext(string[] args) => new(PanelDbFactory.Postgres("Host=localhost;Database=design"));
}
