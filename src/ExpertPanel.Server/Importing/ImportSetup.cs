namespace ExpertPanel.Server.Importing;

public static class ImportSetup
{
    public static IServiceCollection AddImporting(this IServiceCollection services) => services
        .AddSingleton<ImportProgress>()
        .AddSingleton<ImportRunner>()
        .AddScoped<ImportDesk>()
        .AddHostedService<ImportWorker>();
}
