using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Draw.Explanation;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw.Explanation;

/// <summary>What an explanation claims, against the contract read aloud (<see cref="FirstPanelByTrial"/>).</summary>
public sealed class DrawExplanationTests
{
    /// <summary>Some are on leave or busy, so that there is something to lift.</summary>
    private static readonly Gen<JsonObject> Inputs =
        from input in SmallDraws.Of(seats: 4, experts: 9)
        from leave in Gen.Int[0, 511]
        from busy in Gen.Int[0, 511]
        select Excluding(input, leave & busy);

    [Fact]
    public void Every_claim_comes_true_when_the_rule_is_run_again()
    {
        var claims = new Dictionary<string, int>(StringComparer.Ordinal);
        Inputs.Select(DrawStage.Read).Sample(input =>
        {
            var transcript = DrawEngine.Run(input);
            foreach (var expert in DrawExplanation.Of(transcript).Experts)
            {
                foreach (var claim in expert.Otherwise)
                {
                    Check(transcript, expert, claim);
                    claims[claim.Kind] = claims.GetValueOrDefault(claim.Kind) + 1;
                }

                // Nobody is left without an answer, but who fits no seat or when there is no panel.
                Assert.True(expert.Otherwise.Count > 0 || expert.Fits.Count == 0 || expert.Status == ExpertStatus.NoPanel, expert.ToString());
            }
        }, iter: 3000, threads: 1);

        Assert.Equal(7, claims.Count);
        Assert.All(claims, claim => Assert.True(claim.Value > 20, $"{claim.Key} only {claim.Value} times"));
    }

    [Fact]
    public void Every_expert_of_the_pool_is_explained_as_the_transcript_says()
    {
        Inputs.Select(DrawStage.Read).Sample(input =>
        {
            var transcript = DrawEngine.Run(input);
            var explained = DrawExplanation.Of(transcript);
            Assert.Equal(input.Pool.Select(one => one.Id), explained.Experts.Select(one => one.Id));
            Assert.Equal(transcript.Excluded, explained.Experts.Where(one => one.Status == ExpertStatus.Excluded).Select(one => transcript.Excluded.Single(found => found.Id == one.Id && found.Reasons.SequenceEqual(one.Reasons))));
            Assert.Equal(transcript.Order, explained.Experts.Where(one => one.IsEligible).OrderBy(one => one.Position).Select(one => new OrderedExpert(one.Id, one.Number!, one.Tickets!.Value)));
            Assert.Equal(transcript.Panel.OrderBy(one => one.Id, StringComparer.Ordinal), explained.Experts.Where(one => one.Status == ExpertStatus.Seated).Select(one => new SeatedExpert(one.Seat!, one.Id)).OrderBy(one => one.Id, StringComparer.Ordinal));
            Assert.Equal(transcript.PassedOver.OrderBy(one => one.Id, StringComparer.Ordinal), explained.Experts.Where(one => one.Status == ExpertStatus.PassedOver).Select(one => new PassedOverExpert(one.Id, one.Why!)).OrderBy(one => one.Id, StringComparer.Ordinal));
            Assert.Equal(
                transcript.Alternates.SelectMany(seat => seat.Ids.Select((id, place) => (id, seat.Seat, place + 1))).Order(),
                explained.Experts.SelectMany(one => one.Substitute.Select(place => (one.Id, place.Seat, place.Place))).Order());
        }, iter: 500, threads: 1);
    }

    [Fact]
    public void Who_is_passed_over_for_his_employer_is_shown_his_colleague()
    {
        var transcript = DrawStage.Draw(DrawStage.Input(
            [DrawStage.Seat("s1", false), DrawStage.Seat("s2", false)],
            [.. Enumerable.Range(0, 40).Select(i => DrawStage.Expert($"E{i}", i < 38 ? "甲" : "乙", "land"))]));
        var passedOver = DrawExplanation.Of(transcript).Experts.Where(one => one.Status == ExpertStatus.PassedOver).ToList();

        Assert.NotEmpty(passedOver);
        Assert.All(passedOver, one => Assert.Equal((PassedOverExpert.Employer, transcript.Order[0].Id), (one.Why, Assert.Single(one.Before))));
    }

    [Fact]
    public void Ahead_of_the_draw_the_excluded_and_the_chances_are_known_and_no_more()
    {
        var json = DrawStage.Input();
        json["pool"]![2]!["onLeave"] = true;
        json.Remove("beacon");
        var reading = DrawInputReader.ReadBeforeBeacon(json.ToJsonString());
        Assert.True(reading.IsSound);

        var outlook = DrawExplanation.Ahead(reading.Input);
        Assert.Equal(("E0003", "on-leave"), outlook.Excluded.Select(one => (one.Id, one.Reasons[0].Code)).Single());
        Assert.True(outlook.CanBeFilled);
        Assert.All(outlook.Odds.Experts, one => Assert.Equal(0.6, one.Probability, 1e-10));
    }

    private static void Check(DrawTranscript transcript, ExpertExplanation expert, Counterfactual claim)
    {
        var everyone = transcript.Order.Select(one => (one.Id, Number: Parse(one.Number))).ToList();
        var isSeated = transcript.Panel.Any(one => one.Id == expert.Id);
        switch (claim.Kind)
        {
            case Counterfactual.NumberBelow or Counterfactual.NumberAbove:
                Assert.Equal(claim.Kind == Counterfactual.NumberAbove, isSeated);
                var limit = Parse(claim.Number!);
                Assert.True(isSeated ? Parse(expert.Number!) < limit : Parse(expert.Number!) > limit);
                Assert.Contains(expert.Id, PanelIf(limit - 1));
                Assert.Contains(expert.Id, PanelIf(0));
                Assert.DoesNotContain(expert.Id, PanelIf(limit + 1));
                Assert.DoesNotContain(expert.Id, PanelIf(ulong.MaxValue));
                break;
            case Counterfactual.AnyNumber:
                Assert.All(Everywhere(), number => Assert.Contains(expert.Id, PanelIf(number)));
                break;
            case Counterfactual.NoNumber:
                Assert.All(Everywhere(), number => Assert.DoesNotContain(expert.Id, PanelIf(number)));
                break;
            case Counterfactual.Without:
                Assert.False(isSeated);
                Assert.Contains(claim.Expert, transcript.Panel.Select(one => one.Id));
                Assert.Contains(expert.Id, Panel(transcript, Numbers(transcript, transcript.Order.Select(one => one.Id).Where(id => id != claim.Expert))));
                break;
            default:
                var lifted = Numbers(transcript, transcript.Order.Select(one => one.Id).Append(expert.Id));
                Assert.Equal(claim.Position, lifted.OrderBy(one => one.Number).Select(one => one.Id).ToList().IndexOf(expert.Id) + 1);
                Assert.Equal(Parse(claim.Number!), lifted.Single(one => one.Id == expert.Id).Number);
                Assert.Equal(claim.Kind == Counterfactual.EligibleSeated, Panel(transcript, lifted).Contains(expert.Id));
                break;
        }

        List<string> PanelIf(ulong number) => Panel(transcript, [.. everyone.Where(one => one.Id != expert.Id), (expert.Id, number)]);

        IEnumerable<ulong> Everywhere() => [0, ulong.MaxValue, .. everyone.Select(one => one.Number + 1)];
    }

    private static List<string> Panel(DrawTranscript transcript, List<(string Id, ulong Number)> numbers)
    {
        var trial = new FirstPanelByTrial(transcript.Input, [.. numbers.OrderBy(one => one.Number).Select(one => one.Id)]);
        if (trial.IsFeasible)
            trial.Walk();
        return [.. trial.Panel.Select(one => one.Id)];
    }

    /// <summary>Each one's lowest ticket if exactly these were eligible, by the letter of the contract.</summary>
    private static List<(string Id, ulong Number)> Numbers(DrawTranscript transcript, IEnumerable<string> eligible)
    {
        var experts = eligible.Select(id => transcript.Input.Pool.Single(one => one.Id == id)).ToList();
        var byReviews = transcript.Input.Rules.TicketsByRecentReviews;
        return [.. experts.Select(one => (one.Id, Enumerable
            .Range(1, byReviews[Math.Min(one.RecentReviews - experts.Min(other => other.RecentReviews), byReviews.Count - 1)])
            .Min(ticket => BinaryPrimitives.ReadUInt64BigEndian(
                HMACSHA256.HashData(Convert.FromHexString(transcript.Seed), Encoding.UTF8.GetBytes(one.Id + "#" + ticket.ToString(CultureInfo.InvariantCulture)))))))];
    }

    private static ulong Parse(string number) => ulong.Parse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static JsonObject Excluding(JsonObject input, int who)
    {
        var pool = input["pool"]!.AsArray(); // the stage has a pool
        for (var i = 0; i < pool.Count; i++)
            pool[i]!["onLeave"] = (who & (1 << i)) != 0;
        return input;
    }
}
