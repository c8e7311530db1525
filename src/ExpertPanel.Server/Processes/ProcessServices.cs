using ExpertPanel.Server.Deadlines;

namespace ExpertPanel.Server.Processes;

public static class ProcessServices
{
    /// <summary>The runner and what it needs, over a <see cref="Data.PanelDbFactory"/> and a <see cref="TimeProvider"/> that the host provides.</summary>
    public static IServiceCollection AddProcesses(this IServiceCollection services, string calendarFolder, ReplyTokens tokens, MailIdentity identity) => services
        .AddSingleton(tokens)
        .AddSingleton(identity)
        .AddSingleton(new CalendarStore(calendarFolder))
        .AddSingleton<CommitteeSettings>()
        .AddSingleton<StepChance>()
        .AddSingleton<DrawSecrets>()
        .AddSingleton<MatterCache>()
        .AddSingleton<ExpertPool>()
        .AddSingleton<UpperBank>()
        .AddSingleton<HeldDraws>()
        .AddSingleton<OrganisationTables>()
        .AddSingleton<StepPreparation>()
        .AddSingleton<ConflictReader>()
        .AddSingleton<StepWriter>()
        .AddSingleton<IRouteDriver, RouteDriver>()
        .AddSingleton<ProcessRunner>()
        .AddSingleton<DrawRehearsal>()
        .AddSingleton<CommitteeHistory>()
        .AddSingleton<TimerRunner>();
}
