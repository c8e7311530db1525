namespace ExpertPanel.Server.Reply;

public static class ReplyServices
{
    /// <summary>The experts' pages by link. The host provides the processes, the mail transport with its options, and data protection.</summary>
    public static IServiceCollection AddReplies(this IServiceCollection services) => services
        .AddSingleton<ICodeMail, MailedCode>()
        .AddSingleton<ReplyDoor>()
        .AddSingleton<ReplyDesk>()
        .AddSingleton<ReplyCodes>()
        .AddSingleton<ReplySession>()
        .AddSingleton<ReplyAccess>()
        .AddSingleton<ReplyThrottle>()
        .AddSingleton<OpinionDrafts>()
        .AddSingleton<OpinionFiles>()
        .AddSingleton<OpinionSubmission>();
}
