using System.Diagnostics;

namespace ExpertPanel.BrowserTests;

/// <summary>Waits for something to come about: asks again and again up to a deadline, never a fixed time.</summary>
public static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="TimeoutException">It did not come about in time.</exception>
    public static async Task<T> UntilAsync<T>(string what, TimeSpan within, Func<Task<T?>> ask) where T : class
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < within; await Task.Delay(Pause))
            if (await ask() is { } answer) return answer;
        throw new TimeoutException($"Not within {within.TotalSeconds:0} s: {what}.");
    }
}
