using System.Text;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Transport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>Hostile mails dropped into the folder in front of a good one: each is held, none stops the one behind it.</summary>
public sealed class HostileFolderTests : IAsyncLifetime
{
    private const string Head = "From: a@example.cn\r\nTo: opinions@panel.test\r\nMIME-Version: 1.0\r\n";

    private const long MaxBytes = 25 * 1024 * 1024;

    private readonly string folder = Directory.CreateTempSubdirectory("panel-hostile-").FullName;

    private MailPanel mail = null!; // Set before any test by InitializeAsync.

    public async ValueTask InitializeAsync() => mail = await MailPanel.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The reader's own budget bounds each to four seconds; the measured times are those of <c>HostileMailTests</c>.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Each_is_held_with_its_reason_and_the_mail_behind_them_is_counted()
    {
        var matter = await mail.AskedAsync();
        (string Name, string Raw, string Reason)[] hostile =
        [
            ("1-no-headers", "just some words\r\nand more\r\n", "not-a-mail"),
            ("2-3-MB-header", Head + "X-Long: a\r\n" + Repeat(" " + new string('x', 76) + "\r\n", 40_000) + "\r\nhi", "header-too-long"),
            ("3-wrong-charset", Head + "Content-Type: text/plain; charset=no-such-charset\r\n\r\nhi \xB4\xF3\xBC\xD2", "no-token"),
            ("4-30-MB-attachment", Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Repeat(new string('A', 76) + "\r\n", 385_000) + "--b--\r\n", "oversized"),
            ("5-deep", Head + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")) + "\r\nhi", "too-deep"),
            ("6-200000-headers", Head + Repeat("X-A: b\r\n", 200_000) + "\r\nhi", "header-too-long"),
        ];
        foreach (var (name, raw, _) in hostile) await File.WriteAllBytesAsync(Path.Combine(folder, name + ".eml"), Encoding.Latin1.GetBytes(raw));
        await File.WriteAllBytesAsync(Path.Combine(folder, "9-good.eml"), await mail.ReplyAsync(matter.Panel!.Invitations[0], "意见：合法\n理由：有依据。"));

        Assert.Equal(7, await FetchAsync(TestContext.Current.CancellationToken));

        await using var db = mail.Panel.Open();
        var rows = await db.InboundMails.OrderBy(m => m.Id).Select(m => new { m.State, m.Reason }).ToListAsync();
        Assert.Equal(hostile.Select(h => ("held", h.Reason)).Append(("counted", "opinion")), rows.Select(r => (r.State, r.Reason ?? "")));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_mail_that_could_not_be_stored_stays_and_counts_once_there_is_room_again()
    {
        var matter = await mail.AskedAsync();
        await File.WriteAllBytesAsync(Path.Combine(folder, "1.eml"), await mail.ReplyAsync(matter.Panel!.Invitations[0], "意见：合法\n理由：有依据。"));
        await using var db = mail.Panel.Open();
        await db.Database.ExecuteSqlAsync($"CREATE TRIGGER full BEFORE INSERT ON inbound_mails BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");

        await Assert.ThrowsAsync<InvalidOperationException>(() => FetchAsync(TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(folder));
        Assert.Equal(0, await db.InboundMails.CountAsync());

        await db.Database.ExecuteSqlAsync($"DROP TRIGGER full");
        Assert.Equal(1, await FetchAsync(TestContext.Current.CancellationToken));
        Assert.Equal("counted", await db.InboundMails.Select(m => m.State).SingleAsync());
        Assert.Empty(Directory.GetFiles(folder));
    }

    private Task<int> FetchAsync(CancellationToken ct)
    {
        var source = new FileMailSource(folder, MaxBytes, TimeProvider.System, NullLogger<FileMailSource>.Instance);
        return source.FetchAsync(new InboxWorker(source, mail.Inbox, TimeProvider.System, NullLogger<InboxWorker>.Instance).ReceiveAsync, ct);
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
