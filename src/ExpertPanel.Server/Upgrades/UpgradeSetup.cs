using ExpertPanel.Server.Data;
using ExpertPanel.Server.Seeding;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Upgrades;

public static class UpgradeSetup
{
    public static IServiceCollection AddUpgrades(this IServiceCollection services) => services
        .AddSingleton(new ShippedDefaults(SeedFiles.BesideProgram))
        .AddSingleton<UpgradeFinder>()
        .AddSingleton<UpgradeTexts>()
        .AddScoped<UpgradeAdoption>();

    /// <summary>Tells the operator once, at the start; on the pages it stands until somebody adopts it.</summary>
    public static async Task AnnounceUpgradesAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var (databases, finder) = (services.GetRequiredService<PanelDbFactory>(), services.GetRequiredService<UpgradeFinder>());
        await using var all = databases.Create(Guid.Empty);
        foreach (var committee in await all.Committees.AsNoTracking().Where(c => c.Live).OrderBy(c => c.Order).ToListAsync(cancellationToken))
        {
            await using var db = databases.Create(committee.Id);
            var upgrade = await finder.FindAsync(db, cancellationToken);
            if (upgrade.IsThere)
                services.GetRequiredService<ILogger<UpgradeFinder>>().LogWarning(
                    "Committee {Code}: this program brings a newer route ({Route} differences) or newer default rules ({Rules}). A system administrator or division head adopts them at /settings/upgrade",
                    committee.Code, upgrade.RouteChanges.Count, upgrade.RuleChanges.Count);
        }
    }
}
