using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Outbox;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>A panel with its mail: letters leave as files of a folder of its own, or by SMTP to a server of the test.</summary>
public sealed class MailPanel : IAsyncDisposable
{
    private readonly string folder;

    private MailPanel(TestPanel panel, string folder) => (Panel, this.folder) = (panel, folder);

    public TestPanel Panel { get; }

    public OutboxRunner Outbox => Panel.Get<OutboxRunner>();

    public InboxRunner Inbox => Panel.Get<InboxRunner>();

    public IHoldingPen Pen => Panel.Get<IHoldingPen>();

    public static async Task<MailPanel> CreateAsync(int? smtpPort = null, string? connectionString = null, Action<IServiceCollection>? more = null, string scanner = "")
    {
        var folder = Directory.CreateTempSubdirectory("panel-mail-").FullName;
        var panel = await TestPanel.CreateAsync(connectionString: connectionString, more: services =>
        {
            services.AddMail(Settings(folder, smtpPort, scanner));
            more?.Invoke(services);
        });
        return new(panel, folder);
    }

    public static IConfiguration Settings(string folder, int? smtpPort, string scanner = "") => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Mail:Folder"] = folder,
        ["Mail:Mailbox"] = "opinions@panel.test",
        ["Mail:BaseUrl"] = "https://panel.test/",
        ["Mail:Transport"] = smtpPort is null ? "Files" : "Smtp",
        ["Mail:Smtp:Host"] = "127.0.0.1",
        ["Mail:Smtp:Port"] = $"{smtpPort ?? 25}",
        ["Mail:Smtp:AllowPlaintext"] = "true",
        ["Screening:Scanner"] = scanner,
        ["Screening:ScanTimeout"] = "00:00:10",
        ["Mail:Smtp:Timeout"] = "00:00:05",
    }).Build();

    /// <summary>The committee decides a setting: a new version of its rules, in force at once.</summary>
    public async Task DecideAsync(string key, string value)
    {
        await using var db = Panel.Open();
        var newest = await db.Rules.OrderByDescending(r => r.Version).FirstAsync();
        var rules = System.Text.Json.Nodes.JsonNode.Parse(newest.Json)!;
        rules["version"] = newest.Version + 1;
        var setting = rules["settings"]!.AsArray().Single(s => (string?)s!["key"] == key)!;
        (setting["value"], setting["isDefault"]) = (value, false);
        db.Rules.Add(new() { Version = newest.Version + 1, Json = rules.ToJsonString(), ApprovedBy = "测试", At = Panel.Clock.GetUtcNow() });
        await db.SaveChangesAsync();
        Panel.Get<CommitteeSettings>().Forget(Panel.TenantId);
    }

    /// <summary>The token of the question that a letter asks, from its link.</summary>
    public static string QuestionIn(MimeMessage letter)
    {
        var text = letter.TextBody ?? "";
        var at = text.IndexOf("https://panel.test/c/", StringComparison.Ordinal) + "https://panel.test/c/".Length;
        return text[at..(at + 26)];
    }

    public Task<int> SendAsync() => Outbox.SendDueAsync(200, CancellationToken.None);

    public async Task<Matter> AskedAsync(RegisterMatter? registration = null)
    {
        var matter = await Stage.ExpertConsultingAsync(Panel, registration);
        await SendAsync();
        return matter;
    }

    /// <summary>Every letter in the out folder, oldest first.</summary>
    public async Task<IReadOnlyList<MimeMessage>> SentAsync()
    {
        var letters = new List<MimeMessage>();
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "out"), "*.eml").Order(StringComparer.Ordinal)) letters.Add(await MimeMessage.LoadAsync(file));
        return letters;
    }

    public async Task<MimeMessage> LetterToAsync(Invitation invitation)
    {
        var (address, token) = (await AddressOfAsync(invitation), Panel.Get<ReplyTokens>().TokenOf(Panel.TenantId, invitation.Id));
        // One expert may have been drawn for two matters.
        var letters = (await SentAsync()).Where(l => l.To.Mailboxes.Single().Address == address).ToList();
        return letters.Find(l => l.ReplyTo.Mailboxes.Any(m => m.Address.Contains(token, StringComparison.OrdinalIgnoreCase))) ?? letters[0];
    }

    public async Task<string> AddressOfAsync(Invitation invitation)
    {
        await using var db = Panel.Open();
        return await db.ExpertAddresses.Where(a => a.ExpertId == invitation.ExpertId && a.Primary).Select(a => a.Address).SingleAsync();
    }

    /// <summary>The bytes of a reply to the consultation letter, as the expert's mail program writes it.</summary>
    public async Task<byte[]> ReplyAsync(Invitation invitation, string text, Action<MimeMessage>? change = null)
    {
        var letter = await LetterToAsync(invitation);
        var reply = new MimeMessage { Subject = "回复：" + letter.Subject, MessageId = $"{Guid.CreateVersion7():N}@example.test", InReplyTo = letter.MessageId, Date = Panel.Clock.GetUtcNow() };
        reply.From.Add(letter.To.Mailboxes.Single());
        reply.To.AddRange(letter.ReplyTo);
        reply.Body = new TextPart("plain") { Text = text };
        change?.Invoke(reply);
        return Bytes(reply);
    }

    public static byte[] Bytes(MimeMessage message)
    {
        using var raw = new MemoryStream();
        message.WriteTo(raw);
        return raw.ToArray();
    }

    public Task<ReceivedMail> ReceiveAsync(byte[] raw) => Inbox.ReceiveAsync(raw, CancellationToken.None);

    public async Task<Matter> MatterAsync(Guid id)
    {
        await using var db = Panel.Open();
        var state = await db.Matters.Where(m => m.Id == id).Select(m => m.State).SingleAsync();
        return System.Text.Json.JsonSerializer.Deserialize<Matter>(state, MatterCommands.Json) ?? throw new InvalidOperationException();
    }

    public async Task<Invitation> InvitationAsync(Guid matterId, Guid invitationId) =>
        (await MatterAsync(matterId)).Panel?.Find(invitationId) ?? throw new InvalidOperationException("There is no such invitation.");

    public async ValueTask DisposeAsync()
    {
        await Panel.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
