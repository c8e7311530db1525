using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Accounts;

/// <summary>
/// Counts wrong tries per account name and per network address, whether the account exists or not. The lock-out in the database counts on
/// every node; this also stops many tries sent at once, which there count as few.
/// </summary>
public sealed class LoginThrottle(IOptions<AccountOptions> options) : IDisposable
{
    private const int WrongTriesPerName = 10;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly PartitionedRateLimiter<string> names = Count(WrongTriesPerName);
    private readonly PartitionedRateLimiter<string> addresses = Count(options.Value.WrongTriesPerAddress);

    public bool Permits(string name, string address)
    {
        using var byName = names.AttemptAcquire(Key(name), permitCount: 0);
        using var byAddress = addresses.AttemptAcquire(address, permitCount: 0);
        return byName.IsAcquired && byAddress.IsAcquired;
    }

    public void Failed(string name, string address)
    {
        names.AttemptAcquire(Key(name)).Dispose();
        addresses.AttemptAcquire(address).Dispose();
    }

    public void Dispose()
    {
        names.Dispose();
        addresses.Dispose();
    }

    /// <summary>A long name must not fill the memory.</summary>
    private static string Key(string name) => name.Length <= 64 ? name.ToUpperInvariant() : name[..64].ToUpperInvariant();

    private static PartitionedRateLimiter<string> Count(int permits) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new() { PermitLimit = permits, Window = Window, SegmentsPerWindow = 5 }));
}
