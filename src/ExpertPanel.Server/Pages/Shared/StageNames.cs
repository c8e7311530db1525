using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>What the committee's route calls its stages. A stage that only an older version had keeps its id.</summary>
public sealed class StageNames(PanelDb db, CommitteeSettings settings)
{
    public async Task<Func<string, string>> LoadAsync(CancellationToken cancellationToken)
    {
        var newest = await settings.NewestAsync(db, cancellationToken);
        var route = await settings.RouteAsync(db, newest.RouteId, newest.RouteVersion, cancellationToken);
        var names = route.Stages.ToDictionary(s => s.Id, s => Words.Of(s.Name), StringComparer.Ordinal);
        return stage => names.GetValueOrDefault(stage, stage);
    }
}
