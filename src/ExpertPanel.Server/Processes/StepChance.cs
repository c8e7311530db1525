using System.Security.Cryptography;

namespace ExpertPanel.Server.Processes;

/// <summary>What a step takes from chance: ids and the secrets of draws. In life from the system's generator; a simulation gives its own.</summary>
public class StepChance
{
    public virtual Guid NewId(DateTimeOffset now) => Guid.CreateVersion7(now);

    /// <summary>32 bytes as lower-case hex.</summary>
    public virtual string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
