using System.Diagnostics;
using System.Globalization;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Processes;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>
/// Hundreds of mails (a thousand where asked), each delivered three times (the same bytes twice, and with other Received lines), through a real Exim and Dovecot to the
/// program in a process of its own, while connections are cut at any byte, clients thrown out, the servers' processes killed, the mailbox
/// numbered anew and the program killed without a word. Each distinct opinion counts once (I3), none is lost (I1, I7), the history is whole
/// (I6), and every mail can be found again.
/// </summary>
public sealed class GreatRunTests(ITestOutputHelper output)
{
    private const string Mailbox = "opinions@panel.test";
    private const int ByExim = 30;
    private const ulong Seed = 20141;

    /// <summary>The thousand take minutes on two slow cores: <c>GREAT_RUN_MAILS=1000</c> asks for them.</summary>
    private static readonly int Mails = int.TryParse(Environment.GetEnvironmentVariable("GREAT_RUN_MAILS"), CultureInfo.InvariantCulture, out var asked) ? asked : 100;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mails_delivered_three_times_through_every_fault_give_exactly_the_right_opinions()
    {
        var watch = Stopwatch.StartNew();
        await using var loop = await MailLoop.StartAsync(Ct);
        await using var panel = await GreatRun.PanelTodayAsync();
        var chance = new SeededChance(Seed);
        var run = new GreatRun(panel, chance);
        var mails = await run.WriteAsync(Mails);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:F0} s: {mails.Count} mails are written");

        var cutting = true;
        await using var proxy = new CuttingProxy(loop.ImapPort, () => cutting ? 2_000 + chance.Next(100_000) : int.MaxValue);
        var folder = Directory.CreateTempSubdirectory("panel-run-").FullName;
        var keys = Path.Combine(folder, "dkim-keys.txt");
        await File.WriteAllTextAsync(keys, run.DkimKey, Ct);
        await using var program = new WorkingProgram(folder, Settings(panel, proxy.Port, keys));
        program.Start();
        foreach (var mail in mails.Take(ByExim)) await loop.DeliverAsync(await MimeMessage.LoadAsync(new MemoryStream(mail.Raw), Ct), "expert@example.test", mail.To, Ct);
        var deliveries = chance.Shuffled(mails.SelectMany((mail, i) => i < ByExim ? new[] { mail.Raw, mail.Rewrapped } : [mail.Raw, mail.Raw, mail.Rewrapped]));
        var faults = new Func<Task>[]
        {
            () => loop.KillImapAsync(Ct), () => RestartAsync(program), () => loop.KickAsync(Mailbox, Ct), () => loop.RenumberAsync(Mailbox, Ct), () => RestartAsync(program), () => loop.KillImapAsync(Ct),
        };
        foreach (var (part, fault) in deliveries.Chunk((deliveries.Count / faults.Length) + 1).Zip(faults))
        {
            await loop.DropAllAsync(Mailbox, part, Ct);
            // In the midst of it: when half of what waits has been taken.
            var waiting = loop.CountIn(Mailbox);
            await UntilAsync(() => loop.CountIn(Mailbox) <= waiting / 2, program);
            await fault();
        }

        output.WriteLine($"{watch.Elapsed.TotalSeconds:F0} s: all is delivered, {proxy.Connections} connections, {proxy.Cuts} cut");
        cutting = false;
        await UntilAsync(() => loop is { Undelivered: 0 } && loop.CountIn(Mailbox) == 0, program);
        await program.KillAsync();
        output.WriteLine($"{watch.Elapsed.TotalSeconds:F0} s: the mailbox is empty");

        await CheckAsync(panel, mails);
        Assert.InRange(proxy.Cuts, 5, int.MaxValue);
        Assert.InRange(loop.CountIn(Mailbox, "Processed"), 3 * Mails, 4 * Mails);
        Assert.Equal(0, loop.CountIn(Mailbox, "Quarantine"));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task CheckAsync(TestPanel panel, IReadOnlyList<RunMail> mails)
    {
        await using var db = panel.Open();
        var invitations = (await db.Matters.Select(m => m.State).ToListAsync(Ct))
            .SelectMany(state => System.Text.Json.JsonSerializer.Deserialize<Matter>(state, MatterCommands.Json)?.Panel?.Invitations ?? []).ToDictionary(i => i.Id);
        var expected = mails.Where(m => m.Opinion is not null).Select(m => (m.InvitationId, Text: m.Opinion));
        Assert.Equal(expected.OrderBy(o => o.InvitationId), invitations.Values.SelectMany(i => i.Opinions.Select(o => (InvitationId: i.Id, Text: (string?)o.Text))).OrderBy(o => o.InvitationId));
        Assert.Equal(mails.Where(m => m.Declines).Select(m => m.InvitationId).Order(), invitations.Values.Where(i => i.State == InvitationState.Declined).Select(i => i.Id).Order());

        var rows = await db.InboundMails.Select(m => new { m.MessageId, m.State, m.Sha256 }).ToListAsync(Ct);
        Assert.Equal(mails.Select(m => m.MessageId).Order(StringComparer.Ordinal), rows.Select(r => r.MessageId ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(rows, row => row.State == MailJudgement.Stored);
        var counted = rows.Where(row => row.State == MailJudgement.IsCounted).ToList();
        Assert.Equal(mails.Count(m => m.Opinion is not null || m.Declines), counted.Count);
        Assert.Equal(counted.Count, counted.DistinctBy(row => row.MessageId).Count());
        Assert.True((await AuditCheck.RunAsync(db, Ct)).Intact);
    }

    private static async Task RestartAsync(WorkingProgram program)
    {
        await program.KillAsync();
        program.Start();
    }

    private async Task UntilAsync(Func<bool> so, WorkingProgram program)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(4));
        try
        {
            while (!so()) await Task.Delay(100, patience.Token);
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            Assert.Fail("The mails are not taken:\n" + program.Output);
        }
    }

    private static Dictionary<string, string> Settings(TestPanel panel, int imapPort, string keys) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Database:ConnectionString"] = panel.Databases.Target.ConnectionString,
        ["Secrets:ReplyKey"] = new string('0', 64),
        ["Mail:Mailbox"] = Mailbox,
        ["Mail:Source"] = "Imap",
        ["Mail:DkimKeys"] = keys,
        ["Mail:Imap:Host"] = "127.0.0.1",
        ["Mail:Imap:Port"] = $"{imapPort}",
        ["Mail:Imap:UserName"] = Mailbox,
        ["Mail:Imap:Password"] = MailLoopConfiguration.Password,
        ["Mail:Imap:AllowPlaintext"] = "true",
        ["Mail:Imap:Timeout"] = "00:00:10",
        ["Logging:LogLevel:Default"] = "Warning",
    };
}
