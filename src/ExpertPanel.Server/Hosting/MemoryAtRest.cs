using System.Runtime.InteropServices;

namespace ExpertPanel.Server.Hosting;

/// <summary>
/// Gives memory back while nobody works. The collector keeps what a start, an import or a busy morning needed until the next allocations
/// force it to look; a server that only asks its clocks would hold that for days.
/// </summary>
public sealed class MemoryAtRest(TimeProvider clock) : BackgroundService
{
    /// <summary>The first look comes soon after the start, which is where most of it was needed.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    /// <summary>The workers' own questions allocate less than half of this in a period; people at work more than that.</summary>
    private const long Idle = 24L * 1024 * 1024;

    /// <summary>Less garbage than this is not worth a pause of some fifty milliseconds.</summary>
    private const long Worthwhile = 24L * 1024 * 1024;

    internal static bool IsWorthwhile(long sinceLastLook, long sinceCollected) => sinceLastLook < Idle && sinceCollected > Worthwhile;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        // A start that fails disposes of this before it has been told to stop; that is no fault of its own.
        using var end = stoppingToken.Register(timer.Dispose);
        var (before, collected) = (0L, 0L);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            var allocated = GC.GetTotalAllocatedBytes();
            if (IsWorthwhile(allocated - before, allocated - collected))
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                TrimNative();
                collected = allocated;
            }

            before = allocated;
        }
    }

    /// <summary>The compiler and the database's own library allocate outside the collector's heap, and the C library keeps what they gave back.</summary>
    private static void TrimNative()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than GNU's keeps less and has no such function.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MallocTrim(nuint pad);
}
