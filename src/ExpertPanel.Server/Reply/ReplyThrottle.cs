using System.Threading.RateLimiting;
using ExpertPanel.Server.Processes;

namespace ExpertPanel.Server.Reply;

/// <summary>How often one link may be asked for, from wherever; the policy <c>reply</c> counts by network address beside it.</summary>
public sealed class ReplyThrottle : IDisposable
{
    public const int MostAMinute = 120;

    private readonly PartitionedRateLimiter<string> links = PartitionedRateLimiter.Create<string, string>(token => RateLimitPartition.GetSlidingWindowLimiter(
        token, _ => new() { PermitLimit = MostAMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));

    /// <summary>Counts the token by its hash: a long one must not fill the memory, and none is kept.</summary>
    public bool Permits(string token)
    {
        using var lease = links.AttemptAcquire(ReplyTokens.HashOf(token));
        return lease.IsAcquired;
    }

    public void Dispose() => links.Dispose();
}
