using ExpertPanel.Server.Documents;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>Which documents leave the office: a sponsor has what was addressed to it, once it was sent.</summary>
public static class DocumentAccess
{
    public static bool ForSponsor(Matter matter, string kind) => kind switch
    {
        MatterDocuments.Opinion => matter.Delivery is not null,
        MatterDocuments.Supplement or MatterDocuments.Decline => true,
        _ => false,
    };
}
