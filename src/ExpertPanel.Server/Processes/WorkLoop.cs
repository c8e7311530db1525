namespace ExpertPanel.Server.Processes;

/// <summary>A worker's life: round after round, resting when there was nothing to do, and longer after a fault, until the host stops.</summary>
internal static class WorkLoop
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestAfterFault = TimeSpan.FromSeconds(10);

    /// <param name="round">Returns how much it did; after zero the worker rests.</param>
    public static async Task RunAsync(string name, Func<CancellationToken, Task<int>> round, TimeProvider clock, ILogger log, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var rest = Rest;
            try
            {
                if (await round(stopping) > 0) continue;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The outermost edge of a worker: whatever broke, its work is still in the database and the next round finds it.
                log.LogError(fault, "{Worker} failed a round", name);
                rest = RestAfterFault;
            }

            await Task.Delay(rest, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
