using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Outbox;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace ExpertPanel.Benchmarks;

/// <summary>Letters claimed, composed, signed, sent and recorded one by one, beside a bare MailKit loop that sends the same bytes over one connection to the same sink.</summary>
internal static class SendRate
{
    public static async Task<object> MeasureAsync(int letters, bool durableSink)
    {
        var folder = Directory.CreateTempSubdirectory("expertpanel-send-").FullName;
        using var key = RSA.Create(2048);
        var keyFile = Path.Combine(folder, "key.pem");
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await using var sink = new SmtpSink(durableSink ? Path.Combine(folder, "spool") : null);
        await using var bench = await BenchDatabase.CreateAsync($"Data Source={Path.Combine(folder, "mail.db")}", () => ValueTask.CompletedTask, services => services.AddMail(Settings(folder, keyFile, sink.Port)));
        for (var asked = 0; asked < letters + 30; asked += 3) await MailRate.AskedAsync(bench, key);

        var outbox = bench.Services.GetRequiredService<OutboxRunner>();
        await outbox.SendDueAsync(30, CancellationToken.None); // Warm.
        sink.Letters.Clear();
        var watch = Stopwatch.StartNew();
        while (sink.Letters.Count < letters && await outbox.SendDueAsync(50, CancellationToken.None) > 0)
        {
        }

        var (seconds, sent) = (watch.Elapsed.TotalSeconds, sink.Letters.ToList());
        var bare = await BareAsync(sink, sent);
        return new
        {
            what = "letters", letters = sent.Count, kilobytes = sent[0].Length / 1024, durableSink, perSecond = Math.Round(sent.Count / seconds, 1), barePerSecond = Math.Round(sent.Count / bare, 1),
            ratio = Math.Round(bare / seconds, 3),
        };
    }

    private static async Task<double> BareAsync(SmtpSink sink, List<string> letters)
    {
        var messages = letters.ConvertAll(letter => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(letter))));
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", sink.Port, SecureSocketOptions.None);
        var watch = Stopwatch.StartNew();
        foreach (var message in messages) await client.SendAsync(message);
        return watch.Elapsed.TotalSeconds;
    }

    private static IConfiguration Settings(string folder, string keyFile, int port) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Mail:Mailbox"] = "opinions@bench.test",
        ["Mail:Folder"] = folder,
        ["Mail:Transport"] = "Smtp",
        ["Mail:Smtp:Host"] = "127.0.0.1",
        ["Mail:Smtp:Port"] = $"{port}",
        ["Mail:Smtp:AllowPlaintext"] = "true",
        ["Mail:PerMinuteAndDomain"] = "0",
        ["Mail:Signing:default:Domain"] = "bench.test",
        ["Mail:Signing:default:Selector"] = "s1",
        ["Mail:Signing:default:KeyFile"] = keyFile,
    }).Build();
}
