using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Scans the mails that came while the scanner was down. What they said has counted or waits already; only whether they may be given out is open.</summary>
public sealed class MailRescan(PanelDbFactory databases, MailScan scan, HeldMailReading reading, IOptions<ScreeningOptions> options, TimeProvider clock, ILogger<MailRescan> log)
{
    /// <returns>How many got a verdict.</returns>
    public async Task<int> RunAsync(int most, CancellationToken ct)
    {
        if (!scan.IsConfigured) return 0;
        List<TenantWork> due;
        await using (var db = databases.Create(Guid.Empty)) due = await CrossTenant.MailsToScanAsync(db, clock.GetUtcNow(), most, ct);
        var done = 0;
        foreach (var work in due)
        {
            if (await TakeAsync(work, ct) is not { } row) continue;
            var verdict = (await scan.ScanAsync(row.Raw, await reading.ReadAsync(row, ct), ct)).Whole;
            if (verdict.State == ScanState.Waiting) break;
            await RecordAsync(work, verdict, ct);
            done++;
        }

        return done;
    }

    /// <summary>Put off before it is tried: neither a crash nor another node makes it lost or tried in a circle.</summary>
    private async Task<InboundMailRow?> TakeAsync(TenantWork work, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(work.TenantId);
        var now = HistoryChain.Storable(clock.GetUtcNow());
        var next = now + options.Value.ScanRetry;
        var taken = await db.InboundMails.Where(m => m.Id == work.Id && m.Scan == ScanState.Waiting && (m.NextScanAt == null || m.NextScanAt <= now))
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.NextScanAt, next), ct);
        return taken == 0 ? null : await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == work.Id, ct);
    }

    private async Task RecordAsync(TenantWork work, ScanVerdict verdict, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(work.TenantId);
        var now = HistoryChain.Storable(clock.GetUtcNow());
        await db.InboundMails.Where(m => m.Id == work.Id && m.Scan == ScanState.Waiting)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.Scan, verdict.State).SetProperty(m => m.ScanFind, verdict.Find).SetProperty(m => m.ScannedAt, now), ct);
        if (verdict.IsInfected) log.LogError("Mail {Mail} is infected and is not given out", work.Id);
    }
}
