using System.Collections.Concurrent;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Draw;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>What a draw that was held tells about fairness.</summary>
/// <param name="Expected">By bank number (<see cref="DrawChances"/>).</param>
/// <param name="Seated">The bank numbers of the panel as drawn, before any substitute.</param>
/// <param name="Unseatable">Eligible, but no full panel holds them (<see cref="SeatReach"/>).</param>
public sealed record HeldDraw(IReadOnlyDictionary<string, double> Expected, IReadOnlyList<string> Seated, IReadOnlyList<string> Unseatable);

/// <summary>The draws held, read from their transcripts. A transcript never changes once it is written, so each is read once and only the figures are kept.</summary>
public sealed class HeldDraws
{
    private readonly ConcurrentDictionary<(Guid Tenant, Guid Draw), HeldDraw> read = new();

    /// <summary>Those prepared in this time, with the matter, in that order.</summary>
    public async Task<IReadOnlyList<(Guid MatterId, HeldDraw Draw)>> LoadAsync(PanelDb db, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var held = await db.Draws.Where(d => d.Transcript != null && d.PreparedAt >= from && d.PreparedAt < to)
            .OrderBy(d => d.PreparedAt).ThenBy(d => d.Id).Select(d => new { d.Id, d.MatterId }).ToListAsync(ct);
        var all = new List<(Guid, HeldDraw)>(held.Count);
        foreach (var one in held)
        {
            if (!read.TryGetValue((db.TenantId, one.Id), out var draw))
            {
                // One at a time: the transcript of a bank of hundreds has hundreds of kilobytes.
                var json = await db.Draws.Where(d => d.Id == one.Id).Select(d => d.Transcript).SingleAsync(ct);
                draw = read[(db.TenantId, one.Id)] = Read(DrawTranscript.FromJson(json ?? throw new InvalidOperationException($"The transcript of draw {one.Id} is gone.")));
            }

            all.Add((one.MatterId, draw));
        }

        return all;
    }

    private static HeldDraw Read(DrawTranscript transcript) => new(
        DrawChances.Of(transcript), [.. transcript.Panel.Select(seat => seat.Id)],
        transcript.Outcome == DrawTranscript.Drawn ? SeatReach.Unseatable(transcript.Input) : []);
}
