using System.Text.Json.Nodes;
using CsCheck;
using ExpertPanel.Workflows.Beacons;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Beacons;

public sealed class DrandChainTests
{
    private static readonly DrandChain Default = PublishedRounds.Chain("default");
    private static readonly DrandChain Quicknet = PublishedRounds.Chain("quicknet");

    [Fact]
    public void The_two_public_chains_travel_with_the_program()
    {
        Assert.Equal((DrandScheme.PedersenBlsChained, TimeSpan.FromSeconds(30)), (Default.Scheme, Default.Period));
        Assert.Equal((DrandScheme.BlsUnchainedG1Rfc9380, TimeSpan.FromSeconds(3)), (Quicknet.Scheme, Quicknet.Period));
        Assert.Equal("drand quicknet 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971", Quicknet.Source);
        Assert.Equal("8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce", Default.Hash);
    }

    /// <summary>The moments of drand's Ruby client's read-me (ruby-toolbox.com/projects/drand).</summary>
    [Theory]
    [InlineData("2026-04-20T00:00:00Z", 27946612)]
    [InlineData("2026-04-20T12:30:45Z", 27961627)]
    [InlineData("2026-04-20T20:30:47.999+08:00", 27961627)]
    [InlineData("2026-04-20T20:30:48+08:00", 27961628)]
    public void A_moment_has_the_round_that_drand_says(string moment, long round) =>
        Assert.Equal(round, Quicknet.RoundAt(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_first_round_comes_at_genesis_and_none_before()
    {
        Assert.Equal(1, Default.RoundAt(Default.Genesis));
        Assert.Equal(Default.Genesis, Default.TimeOf(1));
        Assert.Null(Default.RoundAt(Default.Genesis - TimeSpan.FromTicks(1)));
        Assert.Equal(1, Default.NextRoundAfter(Default.Genesis - TimeSpan.FromDays(30), TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void There_is_no_such_round(long round) => Assert.Null(Quicknet.TimeOf(round));

    [Fact]
    public void The_named_round_always_lies_beyond_the_margin_and_none_before_it_does() =>
        Gen.Select(Gen.Long[0, 10_000_000_000_000], Gen.Int[0, 3600]).Sample((milliseconds, seconds) =>
        {
            foreach (var chain in new[] { Default, Quicknet })
            {
                var (now, margin) = (chain.Genesis.AddMilliseconds(milliseconds - 100_000), TimeSpan.FromSeconds(seconds));
                var round = chain.NextRoundAfter(now, margin);
                Assert.True(chain.TimeOf(round) > now + margin);
                Assert.True(round == 1 || chain.TimeOf(round - 1) <= now + margin);
                Assert.Equal(round, chain.RoundAt(Assert.IsType<DateTimeOffset>(chain.TimeOf(round))));
                Assert.Null(chain.NameAfter(now, margin).CheckAt(now));
            }
        });

    [Fact]
    public void A_margin_into_the_past_is_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Default.NextRoundAfter(Default.Genesis, TimeSpan.FromSeconds(-1)));

    [Theory]
    [InlineData("default", "public_key", 48)]
    [InlineData("default", "groupHash", 32)]
    [InlineData("default", "hash", 32)]
    [InlineData("quicknet", "public_key", 96)]
    [InlineData("quicknet", "groupHash", 32)]
    [InlineData("quicknet", "hash", 32)]
    public void A_turned_bit_shows_in_the_hash(string name, string field, int bytes)
    {
        var json = PublishedRounds.ChainJson(name);
        var hex = (string)JsonNode.Parse(json)![field]!; // the seeds have these fields
        for (var bit = 0; bit < bytes * 8; bit++)
            Assert.StartsWith("hash: ", Assert.Single(Faults(PublishedRounds.Changed(json, field, PublishedRounds.Flip(hex, bit)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("period", 4)]
    [InlineData("genesis_time", 1692803368)]
    public void Another_moment_shows_in_the_hash(string field, int value) =>
        Assert.StartsWith("hash: does not follow", Assert.Single(Faults(PublishedRounds.Changed(PublishedRounds.ChainJson("quicknet"), field, value))), StringComparison.Ordinal);

    [Fact]
    public void Another_name_shows_in_the_hash()
    {
        var json = PublishedRounds.ChainJson("quicknet");
        Assert.Single(Faults(PublishedRounds.Changed(json, "metadata", new JsonObject { ["beaconID"] = "quickest" })));
        var nameless = JsonNode.Parse(json)!.AsObject(); // the seed is an object
        nameless.Remove("metadata");
        Assert.Single(Faults(nameless));
    }

    [Fact]
    public void An_old_relay_need_not_name_the_first_chain()
    {
        var nameless = JsonNode.Parse(PublishedRounds.ChainJson("default"))!.AsObject(); // the seed is an object
        nameless.Remove("metadata");
        Assert.Equal(Default, DrandChainReader.Read(nameless.ToJsonString()).Chain);
    }

    [Fact]
    public void All_faults_are_found_at_once()
    {
        var json = PublishedRounds.Changed(PublishedRounds.ChainJson("quicknet"), "schemeID", "bls-bn254-unchained-on-g1");
        json["period"] = 0;
        json["genesis_time"] = "soon";
        json["public_key"] = "83cf0";
        json["metadata"] = new JsonObject { ["beaconID"] = "../quicknet" };
        Assert.Equal(
            [
                "schemeID: is \"bls-bn254-unchained-on-g1\"; expected pedersen-bls-chained or bls-unchained-g1-rfc9380",
                "metadata.beaconID: is \"../quicknet\"; expected the chain's name of at most 64 letters, digits, dots, hyphens and underscores",
                "period: is 0; expected a whole number from 1 to 86400",
                "genesis_time: is \"soon\"; expected a whole number of at least 1",
                "public_key: has 5 characters; expected an even number of hex digits, at least two",
            ],
            Faults(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not found")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"public_key\":\"\\ud800\"}")]
    [InlineData("{\"hash\":\"00\",\"hash\":\"01\"}")]
    public void What_is_no_chain_is_refused_with_its_reason(string json)
    {
        var reading = DrandChainReader.Read(json);
        Assert.Null(reading.Chain);
        Assert.NotEmpty(reading.Faults);
    }

    [Fact]
    public void What_is_too_long_is_not_even_parsed() =>
        Assert.Contains("characters", Assert.Single(DrandChainReader.Read(new string('[', 1_000_000)).Faults), StringComparison.Ordinal);

    private static IReadOnlyList<string> Faults(JsonObject json)
    {
        var reading = DrandChainReader.Read(json.ToJsonString());
        Assert.Null(reading.Chain);
        return reading.Faults;
    }
}
