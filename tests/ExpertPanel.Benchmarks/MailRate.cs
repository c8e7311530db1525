using System.Diagnostics;
using System.Security.Cryptography;
using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MimeKit.Cryptography;

namespace ExpertPanel.Benchmarks;

/// <summary>Replies with a signature and a PDF of 200 KB, received and durably counted, beside MimeKit's bare parse of the same bytes.</summary>
internal static class MailRate
{
    private const string Mailbox = "opinions@panel.test";

    /// <summary>As many as a program that runs for days has long behind it.</summary>
    private const int Warm = 150;

    private static readonly Actor Clerk = Of("clerk", Role.RegistryClerk);
    private static readonly Actor Handler = Of("handler", Role.CaseHandler);
    private static readonly Actor Head = Of("head", Role.DivisionHead);
    private static readonly Actor Leader = Of("leader", Role.Leader);
    private static readonly Actor Secretariat = Of("secretariat", Role.Secretariat);
    private static readonly Actor Auditor = Of("auditor", Role.AuditAdministrator);

    public static async Task<object> MeasureAsync(int replies)
    {
        var folder = Directory.CreateTempSubdirectory("expertpanel-mail-").FullName;
        using var key = RSA.Create(2048);
        var database = $"Data Source={Path.Combine(folder, "mail.db")}";
        await using var bench = await BenchDatabase.CreateAsync(database, () => ValueTask.CompletedTask, services => services.AddMail(Settings(folder))
            .AddSingleton<IDkimKeys>(new FileDkimKeys([$"s1._domainkey.example.test TXT \"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}\""])));
        var raws = new List<byte[]>();
        while (raws.Count < replies + Warm) raws.AddRange(await AskedAsync(bench, key));

        var inbox = bench.Services.GetRequiredService<InboxRunner>();
        foreach (var raw in raws.Take(Warm)) await CountAsync(inbox, raw);
        var (process, watch) = (Process.GetCurrentProcess(), Stopwatch.StartNew());
        var cpu = process.TotalProcessorTime;
        foreach (var raw in raws.Skip(Warm).Take(replies)) await CountAsync(inbox, raw);
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var spent = (process.TotalProcessorTime - cpu).TotalSeconds;

        watch.Restart();
        foreach (var raw in raws.Skip(Warm).Take(replies)) Parse(raw);
        var bare = watch.Elapsed.TotalSeconds;
        await using (var db = bench.Databases.Create(bench.TenantId))
            if (await db.InboundMails.CountAsync(m => m.State == MailJudgement.IsCounted) is var counted && counted != replies + Warm)
                throw new InvalidOperationException($"{counted} replies were counted of {replies + Warm}.");
        return new
        {
            what = "replies", replies, kilobytes = raws[0].Length / 1024, perSecond = Math.Round(replies / seconds, 1), cpuSecondsEach = Math.Round(spent / replies, 4),
            bareParsesPerSecond = Math.Round(replies / bare), timesABareParse = Math.Round(seconds / bare, 1),
        };
    }

    private static async Task CountAsync(InboxRunner inbox, byte[] raw)
    {
        var received = await inbox.ReceiveAsync(raw, CancellationToken.None);
        if (received.State != MailJudgement.IsCounted) throw new InvalidOperationException($"A reply was not counted: {received.State} {received.Reason}");
    }

    private static void Parse(byte[] raw)
    {
        using var stream = new MemoryStream(raw, writable: false);
        using var message = MimeMessage.Load(stream);
        foreach (var part in message.BodyParts.OfType<MimePart>()) part.Content?.DecodeTo(Stream.Null);
    }

    /// <summary>A matter with its panel asked, and what its three experts write.</summary>
    internal static async Task<IEnumerable<byte[]>> AskedAsync(BenchDatabase bench, RSA key)
    {
        var matter = await RunAsync(null, new RegisterMatter(
            "关于示例事项的请示", MatterType.MajorDecision, "示例单位", null, "联系人", null, null, IntakeChannel.Web, TimeProvider.System.GetUtcNow(), SecrecyLevel.Open, true, UrgencyLevel.Normal), Clerk);
        foreach (var (command, actor) in new (MatterCommand, Actor)[]
        {
            (new StartPreCheck(), Handler), (new RecordPreCheck(true, true, true, true), Handler), (new AcceptMatter(), Head), (new AssignMatter(Leader.Person, "一处", Handler.Person), Head),
            (new RecordFindings("合法", "合法", "合法"), Handler), (new PrepareDraw([new(null, false), new(null, false), new(null, false)], "是否合法？"), Handler),
        })
            matter = await RunAsync(matter.Id, command, actor);
        var draw = matter.Panel!.DrawId; // Prepared just now.
        var (one, other) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        await RunAsync(matter.Id, new CommitShare(ShareCommitment.Of(draw, ShareSide.Secretariat, one)), Secretariat);
        await RunAsync(matter.Id, new CommitShare(ShareCommitment.Of(draw, ShareSide.Audit, other)), Auditor);
        await RunAsync(matter.Id, new RevealShare(one), Secretariat);
        matter = await RunAsync(matter.Id, new RevealShare(other), Auditor);
        await using var db = bench.Databases.Create(bench.TenantId);
        var addresses = await db.ExpertAddresses.ToDictionaryAsync(a => a.ExpertId, a => a.Address);
        var tokens = bench.Services.GetRequiredService<ReplyTokens>();
        return [.. matter.Panel!.Invitations.Select(i => Reply(addresses[i.ExpertId], tokens.TokenOf(bench.TenantId, i.Id), key))]; // Drawn just now.

        async Task<Matter> RunAsync(Guid? id, MatterCommand command, Actor actor)
        {
            var result = await bench.Runner.RunAsync(bench.TenantId, id, command, actor, null, CancellationToken.None);
            return result is { Refusal: null, Matter: { } now } ? now : throw new InvalidOperationException($"{command.Name}: {result.Refusal?.Code}");
        }
    }

    private static byte[] Reply(string from, string token, RSA key)
    {
        byte[] pdf = [.. "%PDF-1.7\n"u8, .. RandomNumberGenerator.GetBytes(200 * 1024), .. "\n%%EOF\n"u8];
        var message = new MimeMessage { Subject = "回复：专家咨询函", MessageId = $"{Guid.CreateVersion7():N}@example.test", Date = TimeProvider.System.GetUtcNow() };
        message.From.Add(new MailboxAddress("示例专家", from));
        message.To.Add(new MailboxAddress("示例办公室", ReplyAddress.Format(Mailbox, token)));
        message.Body = new BodyBuilder
        {
            TextBody = "意见：修改后合法\r\n理由：有关条款的依据、权限和程序已逐项核对。\r\n修改建议：完善第三条。\r\n\r\n------------------ 原始邮件 ------------------\r\n发件人: 示例办公室\r\n主题: 专家咨询函\r\n\r\n> 您好\r\n",
            Attachments = { { "专家意见.pdf", pdf, new ContentType("application", "pdf") } },
        }.ToMessageBody();
        message.Prepare(EncodingConstraint.SevenBit);
        using var pem = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        new DkimSigner(pem, "example.test", "s1").Sign(message, [HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.MessageId]);
        using var raw = new MemoryStream();
        message.WriteTo(raw);
        return raw.ToArray();
    }

    private static IConfiguration Settings(string folder) => new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Mailbox", Mailbox), new("Mail:Folder", folder)]).Build();

    private static Actor Of(string id, Role role) => new(id, id, new HashSet<Role> { role }, "cli", "一处");
}
