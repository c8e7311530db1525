using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// The order of a draw. Who reviewed little of late holds more tickets, and the lowest ticket counts: exact weighted
/// sampling without replacement, in whole numbers alone.
/// </summary>
internal sealed class Tickets
{
    private const int LongestTicketNumber = 11; // '#' and the digits of an int

    private readonly byte[] _seed;
    private readonly ulong[] _lowest;
    private readonly TicketHashes _hashes;
    private readonly int[] _owners = new int[TicketHashes.Lanes];
    private int _waiting;

    private Tickets(byte[] seed, int experts)
    {
        _seed = seed;
        _hashes = new TicketHashes(seed);
        _lowest = new ulong[experts];
        Array.Fill(_lowest, ulong.MaxValue);
    }

    /// <summary>How many tickets each of the eligible holds.</summary>
    public static int[] Counts(IReadOnlyList<EligibleExpert> eligible, IReadOnlyList<int> ticketsByRecentReviews)
    {
        var fewest = eligible.Count == 0 ? 0 : eligible.Min(one => one.Expert.RecentReviews);
        return [.. eligible.Select(one => ticketsByRecentReviews[Math.Min(one.Expert.RecentReviews - fewest, ticketsByRecentReviews.Count - 1)])];
    }

    public static List<DrawnExpert> Order(IReadOnlyList<EligibleExpert> eligible, IReadOnlyList<int> ticketsByRecentReviews, byte[] seed)
    {
        if (eligible.Count == 0)
            return [];
        var tickets = new Tickets(seed, eligible.Count);
        var counts = Counts(eligible, ticketsByRecentReviews);
        for (var i = 0; i < counts.Length; i++)
            tickets.Draw(i, eligible[i].Expert.Id, counts[i]);

        tickets.Settle();
        List<DrawnExpert> order = [.. eligible.Select((one, i) => new DrawnExpert(one.Expert, one.Seats, tickets._lowest[i], counts[i]))];
        order.Sort(Compare);
        return order;
    }

    private void Draw(int owner, string id, int count)
    {
        var message = new byte[Encoding.UTF8.GetByteCount(id) + LongestTicketNumber];
        var prefix = Encoding.UTF8.GetBytes(id, message);
        message[prefix++] = (byte)'#';
        for (var ticket = 1; ticket <= count; ticket++)
        {
            _ = ticket.TryFormat(message.AsSpan(prefix), out var digits, provider: CultureInfo.InvariantCulture);
            Draw(owner, message.AsSpan(0, prefix + digits));
        }
    }

    private void Draw(int owner, ReadOnlySpan<byte> message)
    {
        if (!TicketHashes.IsFaster || message.Length > TicketHashes.LongestMessage)
        {
            Note(owner, BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(_seed, message)));
            return;
        }

        _hashes.SetMessage(_waiting, message);
        _owners[_waiting++] = owner;
        if (_waiting == TicketHashes.Lanes)
            Settle();
    }

    /// <summary>Hashes the tickets that wait for their lanes to fill.</summary>
    private void Settle()
    {
        Span<ulong> numbers = stackalloc ulong[TicketHashes.Lanes];
        _hashes.Hash(numbers);
        for (var lane = 0; lane < _waiting; lane++)
            Note(_owners[lane], numbers[lane]);
        _waiting = 0;
    }

    private void Note(int owner, ulong number) => _lowest[owner] = Math.Min(_lowest[owner], number);

    public static int Compare(DrawnExpert left, DrawnExpert right)
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
