using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;

namespace ExpertPanel.Server.Hosting;

public static class ProcessSetup
{
    public static IServiceCollection AddPanelProcesses(this IServiceCollection services, IConfiguration configuration) => services.AddProcesses(
        SeedFiles.BesideProgram.Calendars,
        ReplyTokens.Load(configuration["Secrets:ReplyKey"], configuration["AppData"] ?? new DatabaseOptions().AppData),
        new MailIdentity(new MailOptions { Mailbox = configuration["Mail:Mailbox"] ?? new MailOptions().Mailbox }.Domain));
}
