using System.Diagnostics;

namespace ExpertPanel.BrowserTests;

/// <summary>Goes on from a day of its own at the usual pace, and can be set forward; timers wait as long as they would.</summary>
public sealed class MovableClock(DateTimeOffset start) : TimeProvider
{
    private readonly long begun = Stopwatch.GetTimestamp();
    private long ahead;

    public override DateTimeOffset GetUtcNow() => start.ToUniversalTime() + Stopwatch.GetElapsedTime(begun) + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    /// <summary>To this time in Beijing; never back.</summary>
    public void SetForward(DateOnly day, int hour, int minute = 1)
    {
        var missing = new DateTimeOffset(day, new(hour, minute), TimeSpan.FromHours(8)) - GetUtcNow();
        if (missing > TimeSpan.Zero) Interlocked.Add(ref ahead, missing.Ticks);
    }
}
