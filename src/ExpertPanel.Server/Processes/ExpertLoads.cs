using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <param name="Open">Invited or accepted, and not yet done.</param>
/// <param name="Asked">Invitations that went out, whatever became of them: declining or staying silent must not pay.</param>
public sealed record ExpertLoad(int Open, int Asked)
{
    public static ExpertLoad None { get; } = new(0, 0);
}

/// <summary>How much each expert is and was asked, counted by the database.</summary>
public static class ExpertLoads
{
    private static readonly string[] Open = [nameof(InvitationState.Invited), nameof(InvitationState.Accepted)];

    /// <summary>Experts who have no open invitation and were not asked since then are not in it.</summary>
    public static Task<Dictionary<Guid, ExpertLoad>> CountAsync(PanelDb db, DateTimeOffset since, CancellationToken ct) =>
        db.Invitations.Where(i => i.InvitedAt >= since || Open.Contains(i.State))
            .GroupBy(i => i.ExpertId)
            .Select(g => new { g.Key, Open = g.Count(i => Open.Contains(i.State)), Asked = g.Count(i => i.InvitedAt >= since) })
            .ToDictionaryAsync(g => g.Key, g => new ExpertLoad(g.Open, g.Asked), ct);
}
