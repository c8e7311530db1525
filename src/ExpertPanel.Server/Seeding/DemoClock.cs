namespace ExpertPanel.Server.Seeding;

/// <summary>A clock that the demo sets forward itself; it never goes back.</summary>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start.ToUniversalTime();

    public override DateTimeOffset GetUtcNow() => now;

    public void SetForward(DateTimeOffset to)
    {
        if (to > now) now = to.ToUniversalTime();
    }
}
