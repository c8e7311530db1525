using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Pages.Matters;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Api;

/// <summary>One matter as its reader may see it.</summary>
/// <param name="StageName">What the matter's route calls its stage.</param>
/// <param name="Commands">What this person may run now; the rule itself is asked again when it runs.</param>
/// <param name="Documents">The documents that can be fetched.</param>
public sealed record MatterView(Matter Matter, string StageName, IReadOnlyList<string> Commands, IReadOnlyList<string> Documents)
{
    internal static MatterView Of(OpenMatter open) => new(
        open.AsSponsor ? Redacted(open) : open.Matter,
        open.Route.Stage(open.Matter.Stage).Name.Zh,
        [.. open.Route.Allowed(open.Matter.Stage).Select(a => a.Run).Distinct().Where(run => CommandsApi.IsOffered(run) && MatterActions.By(open, run) is { } by && open.Me.Roles.Overlaps(by))],
        [.. MatterDocuments.Of(open.Matter).Where(kind => !open.AsSponsor || DocumentAccess.ForSponsor(open.Matter, kind))]);

    /// <summary>A sponsor sees its submission and what was decided, not who reviewed it and what experts and units said.</summary>
    private static Matter Redacted(OpenMatter open)
    {
        var (m, sent) = (open.Matter, open.Matter.Delivery is not null);
        return m with
        {
            Instructions = [],
            PreCheck = null,
            Files = MatterFiles.Visible(open),
            Slips = [],
            Findings = null,
            Consultations = [],
            Panel = null,
            Meeting = null,
            Summary = null,
            Draft = null,
            Verification = null,
            Countersignatures = [],
            SignOff = null,
            Issue = sent ? m.Issue : null,
            VoidedNumbers = [],
            Responsibility = m.Responsibility is { } r ? r with { CoHandlers = [], Proposal = null, LeaderInstruction = null } : null,
        };
    }
}
