using Microsoft.Extensions.Time.Testing;

namespace ExpertPanel.Tests.Fixtures;

/// <summary>
/// The date stands until a test moves it, but a short wait really passes: who lost a race waits some milliseconds and tries again, and
/// nobody would set the clock forward for that.
/// </summary>
public sealed class PanelClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime > TimeSpan.Zero && dueTime <= Short
            ? System.CreateTimer(callback, state, dueTime, period)
            : base.CreateTimer(callback, state, dueTime, period);
}
