using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Data;

namespace ExpertPanel.Server.Processes;

/// <summary>
/// SHA-256 over every field of a history row and the hash of the row before: an edited, missing or reordered row shows. Each field is
/// written with its length, so that no two rows share a text.
/// </summary>
public static class HistoryChain
{
    public static readonly string Genesis = new('0', 64);

    public static string HashOf(HistoryRow row)
    {
        var text = new StringBuilder(row.Facts.Length + 400);
        foreach (var field in new[]
        {
            "expertpanel/history/1", row.TenantId.ToString("N"), row.StreamId.ToString("N"), row.Sequence.ToString(CultureInfo.InvariantCulture),
            row.At.UtcTicks.ToString(CultureInfo.InvariantCulture), row.ActorId, row.ActorName, row.OnBehalfOf, row.Origin, row.Command, row.Facts,
            row.Before, row.After, row.StateHash, row.IdempotencyKey, row.PreviousHash,
        })
            text.Append(field?.Length ?? -1).Append(':').Append(field).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public static string HashOf(string state) => HashOf(Encoding.UTF8.GetBytes(state));

    /// <param name="state">The matter's JSON in UTF-8.</param>
    public static string HashOf(ReadOnlySpan<byte> state) => Convert.ToHexStringLower(SHA256.HashData(state));

    /// <summary>Seals a row to the one before.</summary>
    public static void Seal(HistoryRow row, string previousHash)
    {
        row.PreviousHash = previousHash;
        row.Hash = HashOf(row);
    }

    /// <summary>A moment as both databases keep it: SQLite to 100 ns, PostgreSQL to the microsecond.</summary>
    public static DateTimeOffset Storable(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
