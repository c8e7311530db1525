using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Processes;

/// <summary>What a caller learns of a command: the matter as it now stands, what became fact, or the refusal.</summary>
/// <param name="Repeated">The same idempotency key acted before; nothing was done again.</param>
public sealed record StepResult(Matter? Matter, IReadOnlyList<MatterEvent> Facts, Refusal? Refusal, bool Repeated = false)
{
    public bool Ok => Refusal is null;
}
