using ExpertPanel.Server.Data;
using ExpertPanel.Server.Tenancy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Hosting;

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary><c>Data Source=…</c> is SQLite, <c>Host=…</c> PostgreSQL; empty means SQLite in <see cref="AppData"/>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Where the program keeps what it needs to keep; the top-level setting <c>AppData</c>.</summary>
    public string AppData { get; set; } = "App_Data";

    public DatabaseTarget Target => string.IsNullOrWhiteSpace(ConnectionString) ? DatabaseTarget.File(Path.Combine(AppData, "expertpanel.db")) : new(ConnectionString);
}

public static class DatabaseSetup
{
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section)
            .Configure(o => o.AppData = configuration["AppData"] ?? o.AppData)
            .Validate(o => IsConnectionString(o.ConnectionString), "Database:ConnectionString: expected an ADO.NET connection string (Data Source=… or Host=…)")
            .ValidateOnStart();
        services.AddSingleton(p => new PanelDbFactory(p.GetRequiredService<IOptions<DatabaseOptions>>().Value.Target));
        services.AddScoped<CurrentTenant>();
        services.AddScoped(p => p.GetRequiredService<PanelDbFactory>().Create(p.GetRequiredService<CurrentTenant>().Id));
        services.AddSingleton<Schema>();
        services.AddDataProtection().SetApplicationName("ExpertPanel").PersistKeysToDbContext<PanelDb>();
        return services;
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) || new System.Data.Common.DbConnectionStringBuilder { ConnectionString = text }.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
