using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Draw.Odds;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw.Odds;

/// <summary>
/// The chances that are shown against the engine itself, drawing 100,000 times from each of three pools. The secrets are
/// always the same, so a test that passed once passes for good.
/// </summary>
public sealed class ShownAndDrawnTests(ITestOutputHelper output)
{
    private const int Draws = 100_000;

    [Fact]
    public void One_seat_class() => Check(
        Input([Seat("s1"), Seat("s2"), Seat("s3")], maxPerEmployer: 1, [.. Enumerable.Range(0, 14).Select(i => Expert(i, employer: i, reviews: i % 4, member: true, "land"))]),
        isExact: true);

    [Fact]
    public void Seats_for_members_and_for_a_specialty_and_colleagues_who_fit_the_same() => Check(
        Input(
            [DrawStage.Seat("s1", true), DrawStage.Seat("s2", false, "land"), Seat("s3")], maxPerEmployer: 1,
            [.. Enumerable.Range(0, 16).Select(i => Expert(i, employer: i / 2, reviews: i % 3, member: i % 4 < 2 && i < 8, i is 2 or 3 or 12 or 13 ? "land" : "tax"))]),
        isExact: true);

    [Fact]
    public void Colleagues_of_different_specialties() => Check(
        Input(
            [DrawStage.Seat("s1", true, "land"), DrawStage.Seat("s2", false, "tax", "labour"), DrawStage.Seat("s3", false, "labour"), Seat("s4")], maxPerEmployer: 1,
            [.. Enumerable.Range(0, 18).Select(i => Expert(i, employer: i % 7, reviews: i % 3, member: i % 2 == 0, i % 3 == 0 ? "land" : i % 5 == 0 ? "labour" : "tax"))]),
        isExact: false);

    private void Check(JsonObject json, bool isExact)
    {
        var input = DrawStage.Read(json);
        // Where replays are shown, more of them than usual: here they are to be the known quantity.
        var odds = DrawOdds.Of(input, replays: 40 * Draws);
        var usual = DrawOdds.Of(input);
        var panels = new string[Draws][];
        Parallel.For(0, Draws, i => panels[i] = [.. DrawEngine.Run(input with { Secret = SecretOf(i) }).Panel.Select(one => one.Id)]);

        // Who sits together depends on each other; one of each panel, each time another seat, does not.
        var picked = panels.Select((panel, i) => panel[(int)(BitConverter.ToUInt32(SHA256.HashData(BitConverter.GetBytes(~i))) % panel.Length)]).CountBy(id => id).ToDictionary(StringComparer.Ordinal);
        var shown = odds.Experts.Where(one => one.Probability > 0).ToList();
        Assert.Subset(shown.Select(one => one.Id).ToHashSet(), picked.Keys.ToHashSet());
        var p = ChiSquare.Probability([.. shown.Select(one => picked.GetValueOrDefault(one.Id))], [.. shown.Select(one => Draws * one.Probability / input.Seats.Count)]);
        output.WriteLine($"{input.Pool.Count} experts, {input.Seats.Count} seats, {(isExact ? "exact" : "replayed")}: p = {p:f4}");
        Assert.Equal(isExact, odds.Experts.All(one => one.IsExact));
        Assert.Equal(input.Seats.Count, odds.Experts.Sum(one => one.Probability), 1e-6);
        Assert.InRange(p, 0.001, 1);

        var seated = panels.SelectMany(panel => panel).CountBy(id => id).ToDictionary(StringComparer.Ordinal);
        Assert.All(usual.Experts, one =>
        {
            var error = Math.Sqrt((one.StandardError * one.StandardError) + (one.Probability * (1 - one.Probability) / Draws));
            Assert.InRange(((double)seated.GetValueOrDefault(one.Id) / Draws) - one.Probability, (-4.5 * error) - 1e-12, (4.5 * error) + 1e-12);
        });
        Assert.All(Equals(input), equals => Assert.Single(usual.Experts.Where(one => equals.Contains(one.Id)).Select(one => one.Probability).Distinct()));
    }

    /// <summary>Experts alike in all but id, name and employer, whose employer has nobody else.</summary>
    private static IEnumerable<string[]> Equals(DrawInput input)
    {
        var alone = input.Pool.GroupBy(one => one.Employer, StringComparer.Ordinal).Where(all => all.Count() == 1).Select(all => all.Single());
        return alone.GroupBy(one => (one.Specialties[0], one.CommitteeMember, one.RecentReviews)).Select(all => all.Select(one => one.Id).ToArray());
    }

    private static JsonObject Input(IEnumerable<JsonObject> seats, int maxPerEmployer, IEnumerable<JsonObject> pool)
    {
        var input = DrawStage.Input(seats, pool);
        input["rules"]!["maxPerEmployer"] = maxPerEmployer; // the stage has rules
        input["rules"]!["ticketsByRecentReviews"] = new JsonArray(4, 2, 1);
        return input;
    }

    private static JsonObject Seat(string id) => DrawStage.Seat(id, false);

    private static JsonObject Expert(int number, int employer, int reviews, bool member, string specialty)
    {
        var expert = DrawStage.Expert($"E{number:d4}", $"第{employer}单位", specialty);
        (expert["committeeMember"], expert["recentReviews"]) = (member, reviews);
        return expert;
    }

    private static string SecretOf(int number) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number)));
}
