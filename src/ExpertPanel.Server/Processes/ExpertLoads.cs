using ExpertPanel.Server.Data;

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
    /// <summary>Experts who have no open invitation and were not asked since then are not in it.</summary>
    public static async Task<Dictionary<Guid, ExpertLoad>> CountAsync(PanelDb db, DateTimeOffset since, CancellationToken ct)
    {
        var loads = new Dictionary<Guid, ExpertLoad>();
        await foreach (var one in StepQueries.AskedAsync(db, since).WithCancellation(ct)) loads.Add(one.ExpertId, new(one.Open, one.Asked));
        return loads;
    }
}
