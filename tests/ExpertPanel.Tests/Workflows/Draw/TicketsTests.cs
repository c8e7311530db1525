using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class TicketsTests
{
    private static string Lowest(string seed, string id, int tickets) => Enumerable.Range(1, tickets)
        .Select(ticket => BinaryPrimitives.ReadUInt64BigEndian(
            HMACSHA256.HashData(Convert.FromHexString(seed), Encoding.UTF8.GetBytes(id + "#" + ticket.ToString(CultureInfo.InvariantCulture)))))
        .Min().ToString("x16", CultureInfo.InvariantCulture);

    private static JsonObject ExpertWith(string id, int recentReviews)
    {
        var expert = DrawStage.Expert(id, "单位" + id, "administrative");
        expert["recentReviews"] = recentReviews;
        return expert;
    }

    [Fact]
    public void The_number_is_the_lowest_of_the_tickets_whatever_the_ids_length()
    {
        string[] ids = [.. Enumerable.Range(0, 130).Select(length => length % 3 == 0 ? new string('专', length + 1) : length % 3 == 1 ? new string('E', length) : "𠮷#" + length)];
        var transcript = DrawStage.Draw(DrawStage.Input([DrawStage.Seat("s1", false)], ids.Select((id, i) => ExpertWith(id, i % 4))));

        Assert.Equal(ids.Length, transcript.Order.Count);
        Assert.All(transcript.Order, one => Assert.Equal(Lowest(transcript.Seed, one.Id, one.Tickets), one.Number));
        Assert.Equal(transcript.Order.OrderBy(one => one.Number, StringComparer.Ordinal), transcript.Order);
    }

    [Fact]
    public void Tickets_are_counted_from_the_least_busy_of_the_eligible()
    {
        var onLeave = ExpertWith("away", 0);
        onLeave["onLeave"] = true;
        var transcript = DrawStage.Draw(DrawStage.Input(
            [DrawStage.Seat("s1", false)],
            [onLeave, ExpertWith("a", 3), ExpertWith("b", 4), ExpertWith("c", 5), ExpertWith("d", 99)]));

        Assert.Equal([("a", 16), ("b", 4), ("c", 1), ("d", 1)], transcript.Order.Select(one => (one.Id, one.Tickets)).Order());
    }

    [Fact]
    public void Who_holds_16_of_25_tickets_comes_first_in_16_of_25_draws()
    {
        const int draws = 4000;
        var input = DrawStage.Read(DrawStage.Input(
            [DrawStage.Seat("s1", false)], [ExpertWith("a", 0), ExpertWith("b", 1), ExpertWith("c", 1), ExpertWith("d", 2)]));
        var first = Enumerable.Range(0, draws).Count(i => DrawEngine.Run(input with { Secret = SecretOf(i) }).Order[0].Id == "a");

        var deviation = Math.Sqrt(draws * (16 / 25.0) * (9 / 25.0));
        Assert.InRange(first, (draws * 16 / 25) - (4 * deviation), (draws * 16 / 25) + (4 * deviation));
    }

    [Fact]
    public void With_16_4_1_tickets_a_year_spreads_far_more_evenly_than_by_chance()
    {
        Assert.InRange(AverageSpread(16, 4, 1), 2.0, 2.8);
        Assert.InRange(AverageSpread(1), 4.6, 6.0);
    }

    /// <summary>Most minus fewest reviews of 46 equals after 81 draws of one expert, over some years.</summary>
    private static double AverageSpread(params int[] tickets)
    {
        const int years = 25;
        var equals = Enumerable.Range(0, 46).Select(i => ExpertWith(i.ToString(CultureInfo.InvariantCulture), 0));
        var input = DrawStage.Read(DrawStage.Input([DrawStage.Seat("s1", false)], equals));
        var total = 0;
        for (var year = 0; year < years; year++)
        {
            var reviews = new int[46];
            for (var draw = 0; draw < 81; draw++)
            {
                var drawn = DrawEngine.Run(input with
                {
                    Pool = [.. input.Pool.Zip(reviews, (expert, count) => expert with { RecentReviews = count })],
                    Rules = input.Rules with { TicketsByRecentReviews = tickets },
                    Secret = SecretOf((year * 1000) + draw),
                });
                reviews[int.Parse(drawn.Panel[0].Id, CultureInfo.InvariantCulture)]++;
            }

            total += reviews.Max() - reviews.Min();
        }

        return (double)total / years;
    }

    private static string SecretOf(int number) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number)));
}
