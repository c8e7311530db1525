using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>The experts' opinions word for word, for, against and abstaining: what a summary starts from, so that nothing is lost in it.</summary>
internal static class OpinionList
{
    private static readonly (string Heading, OpinionStand[] Stands)[] Sides =
    [
        ("认为合法或修改后合法", [OpinionStand.Lawful, OpinionStand.LawfulWithChanges]),
        ("认为不合法", [OpinionStand.Unlawful]),
        ("弃权", [OpinionStand.Abstain]),
    ];

    public static string Of(Matter matter)
    {
        var counted = (matter.Panel?.Invitations ?? []).Where(i => i.Counted is not null).Select(i => (i.ExpertName, Opinion: i.Counted)).ToList();
        var parts = Sides.Select(side => (side.Heading, Held: counted.Where(c => c.Opinion is { } o && side.Stands.Contains(o.Stand)).ToList()))
            .Where(side => side.Held.Count > 0)
            .Select(side => $"{side.Heading}（{side.Held.Count}人）：\n{string.Join('\n', side.Held.Select(h => Line(h.ExpertName, h.Opinion)))}");
        var meeting = matter.Meeting?.Minutes is { } minutes
            ? $"论证会：赞成{minutes.For}票、反对{minutes.Against}票、弃权{minutes.Abstain}票。论证意见：{minutes.Opinion}"
            : null;
        return string.Join("\n\n", meeting is null ? parts : [.. parts, meeting]);
    }

    private static string Line(string name, LegalOpinion? opinion) =>
        $"{name}：{opinion?.Text}" + (string.IsNullOrWhiteSpace(opinion?.Suggestions) ? "" : $"\n　建议：{opinion.Suggestions}");
}
