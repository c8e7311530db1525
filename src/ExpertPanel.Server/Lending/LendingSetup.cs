namespace ExpertPanel.Server.Lending;

public static class LendingSetup
{
    public static IServiceCollection AddLending(this IServiceCollection services) => services
        .AddSingleton<GuestCards>()
        .AddScoped<ExpertLending>()
        .AddHostedService<LendingWorker>();
}
