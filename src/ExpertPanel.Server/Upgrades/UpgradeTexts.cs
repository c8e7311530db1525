using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Routes;

namespace ExpertPanel.Server.Upgrades;

/// <summary>The differences in a sentence each, in the reader's language.</summary>
public sealed class UpgradeTexts(Words words)
{
    public string Of(Upgrade upgrade, RouteDifference difference)
    {
        var stage = difference.Stage is { } id ? words["Upgrade.InStage", StageName(upgrade, id)] : words["Upgrade.AnyStage"];
        var subject = difference.Subject is { } command && MatterCommands.Commands.ContainsKey(command) ? Words.Command(command) : difference.Subject ?? "";
        var fact = difference.Fact is { } name ? words.Find("Fact." + name) ?? name : "";
        return words[Words.KeyOf(difference.Change), stage, subject, List(upgrade, difference, difference.Before), List(upgrade, difference, difference.After), fact];
    }

    private string List(Upgrade upgrade, RouteDifference difference, IReadOnlyList<string> items) =>
        items.Count == 0 ? words["Upgrade.None"] : string.Join(words["List.Separator"], difference.Change switch
        {
            RouteChange.StageRenamed => [Words.InEnglish ? items[1] : items[0]],
            RouteChange.DeskChanged or RouteChange.RolesChanged or RouteChange.CommandAdded or RouteChange.CommandRemoved => items.Select(i => words.Of<Role>(i)),
            RouteChange.TargetsChanged or RouteChange.StagesChanged or RouteChange.FirstChanged => items.Select(i => StageName(upgrade, i)),
            _ => items,
        });

    private static string StageName(Upgrade upgrade, string id) =>
        upgrade.Shipped.Stages.Concat(upgrade.Own.Stages).FirstOrDefault(s => s.Id == id) is { } stage ? Words.Of(stage.Name) : id;
}
