using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Documents;

/// <summary>The issued opinion as the file that its letter of delivery carries.</summary>
public sealed class IssuedOpinion(PanelDbFactory databases, CommitteeSettings settings) : IOpinionDocument
{
    public async ValueTask<DocumentFile?> FindAsync(Guid tenantId, Matter matter, CancellationToken ct)
    {
        if (matter.Issue is null) return null;
        await using var db = databases.Create(tenantId);
        var rules = await settings.RulesAsync(db, matter.RulesVersion, ct);
        return MatterDocuments.Write(MatterDocuments.Opinion, matter, rules) is { } document
            ? new(document.FileName, MatterDocument.MediaType, document.Content)
            : null;
    }
}
