using ExpertPanel.Server.Data;
using ExpertPanel.Server.Seeding;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Hosting;

/// <summary>Whether the database has this program's schema, and the one place that gives it that schema.</summary>
public sealed class Schema(PanelDbFactory databases)
{
    private volatile bool current;

    public bool IsKnownCurrent => current;

    /// <summary>Asked until it is true; a schema does not go backwards under a running server.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.CreateOwner();
        if (current) return await db.Database.CanConnectAsync(cancellationToken);
        return current = await db.Database.CanConnectAsync(cancellationToken) && !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
    }

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await databases.MigrateAsync(cancellationToken);
        current = true;
    }
}

public static class SchemaSetup
{
    /// <summary>Development makes its own schema and demo. Production does neither by surprise: the verbs <c>migrate</c> and <c>seed</c> do.</summary>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        var schema = app.Services.GetRequiredService<Schema>();
        if (!app.Environment.IsDevelopment())
        {
            if (!await schema.IsCurrentAsync(app.Lifetime.ApplicationStopping))
                app.Logger.LogWarning("The database does not have this program's schema. Run the verb 'migrate'; until then every page answers 503.");
            return;
        }

        await schema.MigrateAsync(app.Lifetime.ApplicationStopping);
        if (app.Services.GetService<IDemoSeeding>() is { } demo && app.Configuration.GetValue("Demo:Seed", defaultValue: true))
            await demo.SeedAsync(app.Services, app.Lifetime.ApplicationStopping);
    }

    /// <summary>No page before the schema is there: half a page would only show the fault later.</summary>
    public static void UseSchemaGate(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        if (context.Request.Path == "/healthz" || context.RequestServices.GetRequiredService<Schema>() is { IsKnownCurrent: true }
            || await context.RequestServices.GetRequiredService<Schema>().IsCurrentAsync(context.RequestAborted))
            await next(context);
        else
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    });

    /// <summary>200 once requests can be served, else 503; no detail for strangers.</summary>
    public static void MapHealth(this WebApplication app) =>
        app.MapGet("/healthz", static async (Schema schema, CancellationToken cancellationToken) =>
            await schema.IsCurrentAsync(cancellationToken) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable)).AllowAnonymous();
}
