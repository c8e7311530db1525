namespace ExpertPanel.Server.Onboarding;

public static class OnboardingSetup
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services) => services
        .AddScoped<CommitteeFounding>()
        .AddScoped<OnboardingActs>()
        .AddScoped<Rehearsal>()
        .AddSingleton<Accounts.AccountInvitations>();
}
