using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Processes;

/// <summary>The issued opinion as a file, for the letter that delivers it.</summary>
public interface IOpinionDocument
{
    /// <summary>Null when there is none to send; the letter then says that it is served on paper.</summary>
    ValueTask<DocumentFile?> FindAsync(Guid tenantId, Matter matter, CancellationToken ct);
}

public sealed record DocumentFile(string Name, string MediaType, byte[] Content);
