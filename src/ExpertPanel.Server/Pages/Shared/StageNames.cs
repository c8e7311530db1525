using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows.Routes;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>What the committee's route calls its stages. A stage that only an older version had keeps its id.</summary>
public sealed class StageNames(PanelDb db, CommitteeSettings settings)
{
    public async Task<Func<string, string>> LoadAsync(CancellationToken cancellationToken)
    {
        var names = (await StagesAsync(cancellationToken)).ToDictionary(s => s.Id, s => Words.Of(s.Name), StringComparer.Ordinal);
        return stage => names.GetValueOrDefault(stage, stage);
    }

    /// <summary>The ids in the route's order.</summary>
    public async Task<List<string>> OrderAsync(CancellationToken cancellationToken) => [.. (await StagesAsync(cancellationToken)).Select(s => s.Id)];

    private async Task<IReadOnlyList<RouteStage>> StagesAsync(CancellationToken cancellationToken)
    {
        var newest = await settings.NewestAsync(db, cancellationToken);
        return (await settings.RouteAsync(db, newest.RouteId, newest.RouteVersion, cancellationToken)).Stages;
    }
}
