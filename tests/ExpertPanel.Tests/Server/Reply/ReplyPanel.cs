using Xunit;
using System.Text.RegularExpressions;
using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Server.Reply;
using ExpertPanel.Server.Screening;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace ExpertPanel.Tests.Server.Reply;

/// <summary>A panel whose experts were invited, and the folder into which codes are mailed.</summary>
internal sealed partial class ReplyPanel : IAsyncDisposable
{
    private ReplyPanel(TestPanel panel, string folder, Matter matter) => (Panel, Folder, Matter) = (panel, folder, matter);

    public TestPanel Panel { get; }

    public string Folder { get; }

    public Matter Matter { get; private set; }

    public Invitation First => Matter.Panel!.Invitations[0];

    public static async Task<ReplyPanel> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("reply-mail-").FullName;
        var panel = await TestPanel.CreateAsync(
            more: services => services
                .Configure<MailOptions>(o => o.Folder = folder)
                .AddSingleton<IMailTransport>(p => new FileTransport(folder, p.GetRequiredService<TimeProvider>()))
                .AddScreening(new ConfigurationBuilder().Build())
                .AddSingleton<ICodeMail, MailedCode>().AddSingleton<ReplyDoor>().AddSingleton<ReplyDesk>().AddSingleton<ReplyCodes>()
                .AddSingleton<ReplyAccess>().AddSingleton<OpinionDrafts>().AddSingleton<OpinionFiles>()
                .AddSingleton<ExpertPanel.Server.Mail.Inbox.StateSecretFinds>(),
            cleanUp: () =>
            {
                Directory.Delete(folder, recursive: true);
                return ValueTask.CompletedTask;
            });
        return new(panel, folder, await Stage.ExpertConsultingAsync(panel));
    }

    public string TokenOf(Invitation invitation) => Panel.Tokens.TokenOf(Panel.TenantId, invitation.Id);

    public async Task<ReplyPlace> PlaceAsync(Invitation? invitation = null) =>
        await Panel.Get<ReplyDoor>().FindAsync(TokenOf(invitation ?? First), CancellationToken.None) ?? throw new InvalidOperationException("No such place.");

    public async Task<OpenMatter> OpenAsync(ReplyPlace place) =>
        await Panel.Get<ReplyDesk>().OpenAsync(place, CancellationToken.None) ?? throw new InvalidOperationException("No such invitation.");

    public async Task<(ReplyPlace Place, OpenMatter Open)> AcceptedAsync()
    {
        await DoAsync(new AcceptInvitation(First.Id, true));
        var place = await PlaceAsync();
        return (place, await OpenAsync(place));
    }

    public async Task DoAsync(MatterCommand command) => Matter = await Panel.MustAsync(Matter.Id, command, People.Expert(First));

    /// <summary>Asks for a code and reads it from the mail that came.</summary>
    public async Task<string> CodeAsync(ReplyPlace place)
    {
        var sent = await Panel.Get<ReplyCodes>().SendAsync(place, CancellationToken.None);
        Assert.Equal(CodeSending.Sent, sent.Outcome);
        return CodeIn(await LastMailAsync());
    }

    public async Task<MimeMessage> LastMailAsync()
    {
        var newest = Directory.EnumerateFiles(Folder, "*.eml").OrderBy(f => File.GetCreationTimeUtc(f)).ThenBy(f => f, StringComparer.Ordinal).Last();
        return await MimeMessage.LoadAsync(newest);
    }

    public static string CodeIn(MimeMessage mail) => SixDigits().Match(mail.TextBody ?? "").Value.Trim();

    public async Task<CodeEntered> EnterAsync(ReplyPlace place, string code) => await Panel.Get<ReplyCodes>().EnterAsync(place, code, CancellationToken.None);

    public async Task<int> CountAsync<T>() where T : class
    {
        await using var db = Panel.Open();
        return await db.Set<T>().CountAsync();
    }

    public ValueTask DisposeAsync() => Panel.DisposeAsync();

    [GeneratedRegex(@"^\d{6}\s*$", RegexOptions.Multiline, 1000)]
    private static partial Regex SixDigits();
}
