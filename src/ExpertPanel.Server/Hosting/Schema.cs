using ExpertPanel.Server.Data;
using ExpertPanel.Server.Seeding;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Hosting;

/// <summary>Whether the database has this program's schema, and the one place that gives it that schema.</summary>
public sealed class Schema(PanelDbFactory databases)
{
    private bool current;

    /// <summary>Asked until it is true; a schema does not go backwards under a running server.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create(Guid.Empty);
        if (current) return await db.Database.CanConnectAsync(cancellationToken);
        return current = await db.Database.CanConnectAsync(cancellationToken) && !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
    }

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        databases.Target.MakeFolder();
        await using var db = databases.Create(Guid.Empty);
        await db.Database.MigrateAsync(cancellationToken);
        current = true;
    }
}

public static class SchemaSetup
{
    /// <summary>Development makes its own schema and demo. Production does neither by surprise: the verbs <c>migrate</c> and <c>seed</c> do.</summary>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return;
        await app.Services.GetRequiredService<Schema>().MigrateAsync(app.Lifetime.ApplicationStopping);
        if (app.Services.GetService<IDemoSeeding>() is { } demo && app.Configuration.GetValue("Demo:Seed", defaultValue: true))
            await demo.SeedAsync(app.Services, app.Lifetime.ApplicationStopping);
    }

    /// <summary>200 once requests can be served, else 503; no detail for strangers.</summary>
    public static void MapHealth(this WebApplication app) =>
        app.MapGet("/healthz", static async (Schema schema, CancellationToken cancellationToken) =>
            await schema.IsCurrentAsync(cancellationToken) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable)).AllowAnonymous();
}
