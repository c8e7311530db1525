using System.Diagnostics;
using System.Text;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Server.Processes;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Tests.Server.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>From the mail server to the page.</summary>
public sealed class IdleTests(ITestOutputHelper output)
{
    /// <summary>Between two looks into a mailbox that says nothing; what comes sooner came by IDLE.</summary>
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_opinion_stands_on_the_matters_page_moments_after_its_mail_arrived()
    {
        await using var loop = await MailLoop.StartAsync(Ct);
        await using var office = new Office();
        await office.InitializeAsync();
        var matter = await office.ConsultingAsync();
        var invitation = matter.Panel!.Invitations[0]; // Asked just now.
        string from;
        await using (var db = office.App.Database()) from = await db.ExpertAddresses.Where(a => a.ExpertId == invitation.ExpertId && a.Primary).Select(a => a.Address).SingleAsync(Ct);
        var token = office.App.Services.GetRequiredService<ReplyTokens>().TokenOf(office.App.TenantId, invitation.Id);
        await using var source = new ImapMailSource(loop.Imap(), TimeProvider.System, NullLogger<ImapMailSource>.Instance);
        using var worker = new InboxWorker(source, office.App.Services.GetRequiredService<InboxRunner>(), TimeProvider.System, NullLogger<InboxWorker>.Instance);
        await worker.StartAsync(Ct);
        var page = $"/matters/{matter.Number}";
        var before = await office.Of("秘书辛").ReadAsync(page);
        await Task.Delay(TimeSpan.FromSeconds(2), Ct); // The worker waits by now.

        var raw = $"From: {from}\r\nTo: {ReplyAddress.Format("opinions@panel.example", token)}\r\nMessage-ID: <idle@example.test>\r\nSubject: Re\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n意见：合法\r\n理由：立等可见的意见。\r\n";
        await loop.DropAsync("opinions@panel.test", Encoding.UTF8.GetBytes(raw), Ct);
        var watch = Stopwatch.StartNew();
        while (!(await office.Of("秘书辛").ReadAsync(page)).Body!.TextContent.Contains("立等可见的意见", StringComparison.Ordinal)) // A page has a body.
        {
            if (watch.Elapsed > NextLook) Assert.Fail($"It did not come by IDLE: {await StateAsync(office.App)}");
            await Task.Delay(50, Ct);
        }

        output.WriteLine(FormattableString.Invariant($"on the page {watch.Elapsed.TotalMilliseconds:F0} ms after the mail was there"));
        Assert.DoesNotContain("立等可见的意见", before.Body!.TextContent, StringComparison.Ordinal); // A page has a body.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, NextLook / 2);
        await worker.StopAsync(CancellationToken.None);
    }

    private static async Task<string> StateAsync(AppFactory app)
    {
        await using var db = app.Database();
        return string.Join(", ", await db.InboundMails.Select(m => m.State + " " + m.Reason).ToListAsync(Ct));
    }
}
