using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Processes;

namespace ExpertPanel.Server.Simulation;

/// <summary>The only thing besides the people that a simulation makes up.</summary>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Time never goes back.</summary>
    public void SetForward(DateTimeOffset to) => now = to > now ? to : now;
}

/// <summary>
/// Choices that follow from the seed and from what is chosen, not from the order of asking: so the same seed gives the same year whatever
/// happens to come first.
/// </summary>
internal sealed class Choices(int seed)
{
    /// <returns>A number from 0 up to, not including, 1.</returns>
    public double Of(params ReadOnlySpan<string> what)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{string.Join('|', what)}"));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) / (double)(1UL << 53);
    }

    public bool Happens(double probability, params ReadOnlySpan<string> what) => Of(what) < probability;

    public string Hex(params ReadOnlySpan<string> what) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{string.Join('|', what)}")));
}

/// <summary>Ids and secrets in the order of the simulated steps, so that ties in time are broken alike in every run.</summary>
internal sealed class SimulatedChance(Choices choices) : StepChance
{
    private ulong count;

    public override Guid NewId(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)now.ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Interlocked.Increment(ref count));
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        return new(bytes, bigEndian: true);
    }

    public override string NewSecret() => choices.Hex("secret", $"{Interlocked.Increment(ref count)}");
}
