using System.Collections.Concurrent;
using System.Diagnostics;
using ExpertPanel.Server.Mail.Inbox;

namespace ExpertPanel.Benchmarks;

/// <summary>
/// Generated mails through the whole of the reading: none may throw, none may take long, kept and cut together must be the text, and a
/// parser's fault shows as a verdict that is counted here. Every thousand inputs have a seed of their own, by which one is found again.
/// </summary>
internal static class MailFuzz
{
    private const int PerSeed = 1000;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public static async Task<object> MeasureAsync(int inputs)
    {
        var faults = new ConcurrentQueue<string>();
        var reasons = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        long bytes = 0;
        double slowest = 0;
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, (inputs + PerSeed - 1) / PerSeed, async (seed, ct) =>
        {
            var generator = new MailGenerator(seed);
            var reader = new MailReader();
            for (var i = 0; i < PerSeed; i++)
            {
                var raw = generator.Next();
                var start = Stopwatch.GetTimestamp();
                var fault = await FaultAsync(reader, raw, reasons, ct);
                var elapsed = Stopwatch.GetElapsedTime(start);
                // Once may be the machine's other work; the same mail slow twice is the mail.
                if (elapsed > Slow && fault is null)
                {
                    start = Stopwatch.GetTimestamp();
                    fault = await FaultAsync(reader, raw, reasons, ct);
                    elapsed = Stopwatch.GetElapsedTime(start);
                    if (elapsed > Slow) fault ??= "slow";
                }

                if (fault is not null) faults.Enqueue($"seed {seed}, input {i}: {fault}");
                Interlocked.Add(ref bytes, raw.Length);
                lock (faults) slowest = Math.Max(slowest, elapsed.TotalMilliseconds);
            }
        });
        watch.Stop();
        var left = GC.GetTotalMemory(forceFullCollection: true);
        return new
        {
            name = "fuzz of the inbox",
            inputs,
            faults = faults.Count,
            first = faults.Take(20),
            seconds = Math.Round(watch.Elapsed.TotalSeconds, 1),
            perSecond = Math.Round(inputs / watch.Elapsed.TotalSeconds),
            megabytes = bytes / 1_000_000,
            slowestMilliseconds = Math.Round(slowest),
            megabytesLeft = (left - memory) / 1_000_000,
            reasons = reasons.OrderByDescending(r => r.Value).ToDictionary(r => r.Key, r => r.Value),
        };
    }

    private static async Task<string?> FaultAsync(MailReader reader, byte[] raw, ConcurrentDictionary<string, int> reasons, CancellationToken ct)
    {
        try
        {
            var mail = await reader.ReadAsync(raw, ReadMailOptions.Default, ct);
            reasons.AddOrUpdate(mail.Reason, 1, (_, count) => count + 1);
            if (mail.Reason is "parser-fault" or "time-budget") return mail.Reason;
            OpinionReply.Parse(mail.Text);
            _ = mail.ToJson();
            var whole = string.Concat(mail.Segments.Select(segment => segment.Text));
            return Letters(whole) == Letters(mail.Text) + Letters(mail.Elided) || mail.Segments.Count > 2 ? null : "text lost";
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return fault.GetType().Name + ": " + fault.Message;
        }
    }

    private static string Letters(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
