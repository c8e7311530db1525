using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Draw;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Matters.Explained;

/// <summary>
/// Explains draws when somebody asks, and keeps the last few: a draw that was made never changes, and its replays take most of
/// a second. Whoever asks has been let in by <see cref="MatterAccess"/>.
/// </summary>
public sealed class ExplainedDraws
{
    /// <summary>Half a megabyte each.</summary>
    private const int MostKept = 4;

    private readonly Lock _turn = new();
    private readonly List<(Guid Id, Lazy<ExplainedDraw> Draw)> _kept = [];

    /// <summary>Nothing before the draw is made.</summary>
    public async Task<ExplainedDraw?> OfAsync(PanelDb db, Guid id, CancellationToken cancellationToken)
    {
        if (Kept(id) is { } known)
            return known.Value;
        var transcript = await db.Draws.AsNoTracking().Where(d => d.Id == id).Select(d => d.Transcript).SingleOrDefaultAsync(cancellationToken);
        return transcript is null ? null : Keep(id, new(() => ExplainedDraw.Of(id, DrawTranscript.FromJson(transcript)))).Value;
    }

    private Lazy<ExplainedDraw>? Kept(Guid id)
    {
        lock (_turn)
            return _kept.Find(one => one.Id == id).Draw;
    }

    /// <summary>Two who ask at once wait for the same work.</summary>
    private Lazy<ExplainedDraw> Keep(Guid id, Lazy<ExplainedDraw> draw)
    {
        lock (_turn)
        {
            if (_kept.Find(one => one.Id == id).Draw is { } known)
                return known;
            if (_kept.Count == MostKept)
                _kept.RemoveAt(0);
            _kept.Add((id, draw));
            return draw;
        }
    }
}
