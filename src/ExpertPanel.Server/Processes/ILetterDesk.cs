using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Processes;

/// <summary>What a person can do about letters that failed.</summary>
public interface ILetterDesk
{
    /// <summary>Sends a failed letter again, under its old Message-ID, to the address that is registered now.</summary>
    /// <returns>Null, or why not.</returns>
    Task<Refusal?> ResendAsync(Guid tenantId, Guid letterId, Actor actor, CancellationToken ct);
}
