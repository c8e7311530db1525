using ExpertPanel.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Screening;

/// <param name="Scan">One of <see cref="ScanState"/>.</param>
/// <param name="Find">What was found, or the fault it is barred for.</param>
/// <param name="HasMacros">Marked, for whoever opens it.</param>
/// <param name="MayServe">It may be downloaded now.</param>
/// <param name="Unscanned">No scanner is configured.</param>
public sealed record FileState(string Scan, string? Find, bool HasMacros, bool MayServe, bool Unscanned)
{
    /// <summary>The key of its words.</summary>
    public string Key => this switch
    {
        { Scan: ScanState.Barred } => $"FileFault.{Find}",
        { Scan: ScanState.Waiting, Unscanned: true } => "Scan.none",
        _ => $"Scan.{Scan}",
    };
}

/// <param name="Type">The sniffed media type.</param>
public sealed record StoredContent(string Name, string Type, byte[] Content, FileState State);

/// <summary>What the lists of files say beside each, and the one way to the bytes of a stored file.</summary>
public sealed class FileStates(PanelDbFactory databases, FileScanner scanner)
{
    public async Task<IReadOnlyDictionary<Guid, FileState>> OfMatterAsync(Guid tenantId, Guid matterId, CancellationToken ct)
    {
        await using var db = databases.Create(tenantId);
        var rows = await db.Files.Where(f => f.MatterId == matterId).Select(f => new { f.Id, f.Scan, f.ScanFind, f.HasMacros }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Id, r => Of(r.Scan, r.ScanFind, r.HasMacros));
    }

    /// <summary>Whoever asks has checked that the reader may have it; whether it may be given out, its state says.</summary>
    public async Task<StoredContent?> FindAsync(Guid tenantId, Guid id, CancellationToken ct)
    {
        await using var db = databases.Create(tenantId);
        var row = await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct);
        return row is null ? null : new(row.Name, row.MediaType, row.Content, Of(row.Scan, row.ScanFind, row.HasMacros));
    }

    public FileState Of(string scan, string? find, bool hasMacros) => new(scan, find, hasMacros, scanner.MayServe(scan), !scanner.IsConfigured);
}
