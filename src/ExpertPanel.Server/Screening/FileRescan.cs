using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Screening;

/// <summary>
/// Scans the files that wait for a verdict: what was stored while the scanner was down, and what was there before one was configured. A row
/// is put off before it is tried, so that neither a crash nor another node makes it lost or tried in a circle.
/// </summary>
public sealed class FileRescan(PanelDbFactory databases, FileScanner scanner, IOptions<ScreeningOptions> options, TimeProvider clock, ILogger<FileRescan> log)
{
    /// <returns>How many got a verdict.</returns>
    public async Task<int> RunAsync(int most, CancellationToken ct)
    {
        if (!scanner.IsConfigured) return 0;
        List<TenantWork> due;
        await using (var db = databases.Create(Guid.Empty)) due = await CrossTenant.FilesToScanAsync(db, clock.GetUtcNow(), most, ct);
        var done = 0;
        foreach (var work in due)
        {
            if (await ScanAsync(work, ct) is not { } verdict) continue;
            if (verdict.State == ScanState.Waiting) break;
            done++;
        }

        return done;
    }

    /// <returns>Null where another node has taken the file.</returns>
    private async Task<ScanVerdict?> ScanAsync(TenantWork work, CancellationToken ct)
    {
        byte[]? content;
        using (await databases.Gate.EnterAsync(ct))
        {
            await using var db = databases.Create(work.TenantId);
            var now = HistoryChain.Storable(clock.GetUtcNow());
            var next = now + options.Value.ScanRetry;
            var taken = await db.Files.Where(f => f.Id == work.Id && f.Scan == ScanState.Waiting && (f.NextScanAt == null || f.NextScanAt <= now))
                .ExecuteUpdateAsync(s => s.SetProperty(f => f.NextScanAt, next), ct);
            if (taken == 0) return null;
            content = await db.Files.Where(f => f.Id == work.Id).Select(f => f.Content).SingleOrDefaultAsync(ct);
        }

        if (content is null) return null;
        var verdict = await scanner.ScanAsync(content, ct);
        if (verdict.State == ScanState.Waiting) return verdict;
        using (await databases.Gate.EnterAsync(ct))
        {
            await using var db = databases.Create(work.TenantId);
            var now = HistoryChain.Storable(clock.GetUtcNow());
            await db.Files.Where(f => f.Id == work.Id && f.Scan == ScanState.Waiting)
                .ExecuteUpdateAsync(s => s.SetProperty(f => f.Scan, verdict.State).SetProperty(f => f.ScanFind, verdict.Find).SetProperty(f => f.ScannedAt, now), ct);
        }

        if (verdict.IsInfected) log.LogError("File {File} is infected and is not given out", work.Id);
        return verdict;
    }
}
