using System.Collections.Concurrent;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Mail.Outbox;

/// <summary>
/// How fast letters leave. The free mail services refuse, or file as junk, who writes to many of their mailboxes in a minute or to one
/// mailbox all day. The minute is counted by each process for itself, the day by the database.
/// </summary>
public sealed class SendingPace(PanelDbFactory databases, IOptions<MailOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> sent = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>When the letter may leave and why not sooner; null when it may leave now, and then it is counted.</returns>
    public async Task<(DateTimeOffset At, string Why)?> WaitAsync(Guid tenantId, string address, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (options.Value.DailyPerAddress is > 0 and var most)
        {
            var today = ChinaTime.LocalDate(now);
            using var turn = await databases.Gate.EnterAsync(ct);
            await using var db = await databases.CreateWriterAsync(tenantId, ct);
            if (await StepQueries.SentToAsync(db, address, ChinaTime.At(today, 0)) >= most)
                return (ChinaTime.At(today.AddDays(1), 8), $"同一地址每天最多 {most} 封，次日续发");
        }

        return Begin(address[(address.LastIndexOf('@') + 1)..], now) is { } next ? (next, "同一邮件服务商每分钟封数已满，稍后续发") : null;
    }

    private DateTimeOffset? Begin(string domain, DateTimeOffset now)
    {
        if (options.Value.PerMinuteAndDomain is not (> 0 and var most)) return null;
        var times = sent.GetOrAdd(domain, static _ => new());
        lock (times)
        {
            while (times.TryPeek(out var oldest) && now - oldest >= Minute) times.Dequeue();
            if (times.Count >= most) return times.Peek() + Minute;
            times.Enqueue(now);
            return null;
        }
    }
}
