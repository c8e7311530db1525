using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Letters;
using ExpertPanel.Server.Mail.Outbox;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Screening;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Mail;

public static class MailSetup
{
    /// <summary>Letters, outbox, inbox and holding pen over the processes; what the settings say decides transport and source. No worker runs yet.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>()
            .Configure(o => o.Folder = Path.Combine(configuration["AppData"] ?? "App_Data", "mail"))
            .Bind(configuration.GetSection(MailOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, Checked>();
        services.TryAddSingleton<IMailTransport>(Transport);
        services.TryAddSingleton<IMailSource>(Source);
        services.TryAddSingleton<IDkimKeys>(p => Keys(Options(p)));
        return services
            .AddScreening(configuration)
            .AddSingleton<LetterHtml>()
            .AddSingleton<LetterComposer>()
            .AddSingleton<BouncedLetters>()
            .AddSingleton<LetterSigning>()
            .AddSingleton<SendingPace>()
            .AddSingleton<OutboxRunner>()
            .AddSingleton<ILetterDesk, LetterDesk>()
            .AddSingleton(p => new MailReader(p.GetRequiredService<IDkimKeys>(), p.GetRequiredService<TimeProvider>()))
            .AddSingleton<MailOwner>()
            .AddSingleton<ReplyMatcher>()
            .AddSingleton<MailQuestions>()
            .AddSingleton<MailReplay>()
            .AddSingleton<IMailQuestions, MailAnswers>()
            .AddSingleton<MatchProposals>()
            .AddSingleton<PenNotices>()
            .AddSingleton<AttachmentStore>()
            .AddSingleton<StateSecretFinds>()
            .AddSingleton<MailScan>()
            .AddSingleton<MailRescan>()
            .AddSingleton<MailJudge>()
            .AddSingleton<InboxRunner>()
            .AddSingleton<HeldMailReading>()
            .AddSingleton<IHoldingPen, HoldingPen>()
            .AddSingleton<IOpinionMails, OpinionMails>();
    }

    /// <summary>The workers of a server in service: letters out, mail in, scanning, timers.</summary>
    public static IServiceCollection AddWorkers(this IServiceCollection services) => services
        .AddHostedService<OutboxWorker>()
        .AddHostedService<InboxWorker>()
        .AddHostedService<ScanWorker>()
        .AddHostedService<TimerWorker>();

    /// <summary>For Development alone: whoever may open the page may answer as any expert.</summary>
    public static IServiceCollection AddDeveloperMailbox(this IServiceCollection services) => services.AddSingleton<IDeveloperMailbox, DeveloperMailbox>();

    private static MailOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<MailOptions>>().Value;

    /// <summary>Mail that comes by a network is checked against the DNS; files come from this machine itself, which may have none.</summary>
    private static IDkimKeys Keys(MailOptions options) => options switch
    {
        { DkimKeys: { Length: > 0 } file } => FileDkimKeys.Load(file),
        { Source: MailSourceKind.Imap } => new DnsDkimKeys(),
        _ => new NoDkimKeys(),
    };

    private static IMailTransport Transport(IServiceProvider services)
    {
        var (options, clock) = (Options(services), services.GetRequiredService<TimeProvider>());
        return options.Transport == MailTransportKind.Smtp ? new SmtpTransport(options.Smtp, clock) : new FileTransport(options.OutFolder, clock);
    }

    private static IMailSource Source(IServiceProvider services)
    {
        var (options, clock) = (Options(services), services.GetRequiredService<TimeProvider>());
        return options.Source == MailSourceKind.Imap
            ? new ImapMailSource(options.Imap, clock, services.GetRequiredService<ILogger<ImapMailSource>>())
            : new FileMailSource(options.InFolder, options.MaxBytes, clock, services.GetRequiredService<ILogger<FileMailSource>>());
    }

    /// <param name="services">A simulation has no environment and sends nothing anywhere.</param>
    private sealed class Checked(IServiceProvider services) : IValidateOptions<MailOptions>
    {
        public ValidateOptionsResult Validate(string? name, MailOptions options) =>
            options.Problems().Concat(services.GetService<IHostEnvironment>()?.IsDevelopment() == false ? options.Exposed() : []).ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
