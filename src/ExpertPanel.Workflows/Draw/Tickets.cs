using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// The order of a draw. Who reviewed little of late holds more tickets, and the lowest ticket counts: exact weighted
/// sampling without replacement, in whole numbers alone.
/// </summary>
internal static class Tickets
{
    public static List<DrawnExpert> Order(IReadOnlyList<EligibleExpert> eligible, IReadOnlyList<int> ticketsByRecentReviews, byte[] seed)
    {
        if (eligible.Count == 0)
            return [];
        var fewest = eligible.Min(one => one.Expert.RecentReviews);
        var order = new List<DrawnExpert>(eligible.Count);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, seed);
        foreach (var one in eligible)
        {
            var tickets = ticketsByRecentReviews[Math.Min(one.Expert.RecentReviews - fewest, ticketsByRecentReviews.Count - 1)];
            order.Add(new DrawnExpert(one.Expert, one.Seats, Lowest(hash, one.Expert.Id, tickets), tickets));
        }

        order.Sort(Compare);
        return order;
    }

    private static ulong Lowest(IncrementalHash hash, string id, int tickets)
    {
        var message = new byte[Encoding.UTF8.GetByteCount(id) + 1 + 10];
        var prefix = Encoding.UTF8.GetBytes(id, message);
        message[prefix++] = (byte)'#';
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var lowest = ulong.MaxValue;
        for (var ticket = 1; ticket <= tickets; ticket++)
        {
            _ = ticket.TryFormat(message.AsSpan(prefix), out var digits, provider: CultureInfo.InvariantCulture);
            hash.AppendData(message, 0, prefix + digits);
            hash.GetHashAndReset(digest);
            lowest = Math.Min(lowest, System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(digest));
        }

        return lowest;
    }

    private static int Compare(DrawnExpert left, DrawnExpert right)
    {
        var byNumber = left.Number.CompareTo(right.Number);
        return byNumber != 0
            ? byNumber
            : Encoding.UTF8.GetBytes(left.Expert.Id).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right.Expert.Id));
    }
}

/// <summary>An eligible expert with his place in the order: the lowest of his tickets.</summary>
internal sealed record DrawnExpert(Candidate Expert, ulong Seats, ulong Number, int Tickets)
{
    public OrderedExpert ToOrdered() => new(Expert.Id, Number.ToString("x16", CultureInfo.InvariantCulture), Tickets);
}
