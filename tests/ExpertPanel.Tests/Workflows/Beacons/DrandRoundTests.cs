using System.Text.Json.Nodes;
using CsCheck;
using ExpertPanel.Workflows.Beacons;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Beacons;

public sealed class DrandRoundTests
{
    [Theory]
    [MemberData(nameof(PublishedRounds.All), MemberType = typeof(PublishedRounds))]
    public void A_published_round_is_read(string chain, string json)
    {
        var reading = Read(chain, json, json);
        Assert.Null(reading.Refusal);
        var round = Assert.IsType<DrandRound>(reading.Round);
        var published = JsonNode.Parse(json)!; // the published rounds are objects
        Assert.Equal(
            ((long)published["round"]!, (string?)published["randomness"], (string?)published["signature"], (string?)published["previous_signature"]),
            (round.Round, round.Randomness, round.Signature, round.PreviousSignature));
    }

    [Theory]
    [MemberData(nameof(PublishedRounds.All), MemberType = typeof(PublishedRounds))]
    public void Every_turned_bit_of_signature_and_value_is_found(string chain, string json)
    {
        foreach (var field in new[] { "signature", "randomness" })
        {
            var hex = (string)JsonNode.Parse(json)![field]!; // the published rounds have both
            for (var bit = 0; bit < hex.Length * 4; bit++)
                Assert.Equal("beacon.drand-randomness", Code(chain, json, PublishedRounds.Changed(json, field, PublishedRounds.Flip(hex, bit)).ToJsonString()));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(657412)]
    [InlineData(657414)]
    [InlineData(int.MaxValue)]
    public void Another_round_than_the_named_one_is_refused(int round) =>
        Assert.Equal("beacon.drand-round", Code("quicknet", PublishedRounds.Quicknet, PublishedRounds.Changed(PublishedRounds.Quicknet, "round", round).ToJsonString()));

    [Fact]
    public void A_round_of_another_chain_is_refused()
    {
        var (quicknet, first) = (PublishedRounds.Chain("quicknet"), PublishedRounds.Chain("default"));
        var named = PublishedRounds.Named(quicknet, PublishedRounds.Quicknet);
        Assert.Equal("beacon.drand-source", DrandRound.Read(PublishedRounds.Quicknet, first, named).Refusal?.Code);
        // A chained round offered for an unchained chain, and the other way round.
        Assert.Equal("beacon.drand-field", Code("quicknet", PublishedRounds.Quicknet, PublishedRounds.Default));
        Assert.Equal("beacon.drand-field", Code("default", PublishedRounds.Default, PublishedRounds.Quicknet));
    }

    [Theory]
    [InlineData("signature", "\"\"", "signature")]
    [InlineData("signature", "\"b7\"", "signature")]
    [InlineData("signature", "\"b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97\"", "signature")]
    [InlineData("signature", "\"z713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b\"", "signature")]
    [InlineData("signature", "[\"b7\"]", "signature")]
    [InlineData("signature", "null", "signature")]
    [InlineData("randomness", "7", "randomness")]
    [InlineData("randomness", "{}", "randomness")]
    [InlineData("round", "\"657413\"", "round")]
    [InlineData("round", "0", "round")]
    [InlineData("round", "-657413", "round")]
    [InlineData("round", "657413.5", "round")]
    [InlineData("round", "1e300", "round")]
    [InlineData("round", "true", "round")]
    [InlineData("previous_signature", "\"176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a\"", "previous_signature")]
    [InlineData("previous_signature", "0", "previous_signature")]
    [InlineData("previous_signature", "[]", "previous_signature")]
    public void A_malformed_field_is_named(string field, string value, string named)
    {
        var refusal = Read("quicknet", PublishedRounds.Quicknet, PublishedRounds.Changed(PublishedRounds.Quicknet, field, JsonNode.Parse(value)).ToJsonString()).Refusal;
        Assert.Equal("beacon.drand-field", refusal?.Code);
        Assert.Contains(named, refusal?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void An_unchained_round_may_say_that_it_has_none_before_it(string value) =>
        Assert.Null(Code("quicknet", PublishedRounds.Quicknet, PublishedRounds.Changed(PublishedRounds.Quicknet, "previous_signature", JsonNode.Parse(value)).ToJsonString()));

    [Theory]
    [InlineData("176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a")]
    [InlineData("")]
    [InlineData(null)]
    public void A_chained_round_has_a_whole_signature_before_it(string? previous) =>
        Assert.Equal("beacon.drand-field", Code("default", PublishedRounds.Default, PublishedRounds.Changed(PublishedRounds.Default, "previous_signature", previous).ToJsonString()));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("<html>502 Bad Gateway</html>")]
    [InlineData("[{\"round\":1}]")]
    [InlineData("12")]
    [InlineData("{\"round\":1,\"round\":2}")]
    [InlineData("{\"randomness\":\"\\udc00\"}")]
    [InlineData("\ud800")]
    public void What_is_no_round_is_refused(string json) => Assert.Equal("beacon.drand-json", Code("quicknet", PublishedRounds.Quicknet, json));

    [Fact]
    public void What_is_too_long_or_too_deep_is_refused()
    {
        var padded = PublishedRounds.Changed(PublishedRounds.Quicknet, "pad", new string('a', 1024 * 1024)).ToJsonString();
        Assert.Equal("beacon.drand-json", Code("quicknet", PublishedRounds.Quicknet, padded));
        Assert.Equal("beacon.drand-json", Code("quicknet", PublishedRounds.Quicknet, new string('[', DrandRound.MostCharacters)));
    }

    [Fact]
    public void Every_cut_off_round_is_refused()
    {
        for (var length = 0; length < PublishedRounds.Default.Length - 1; length++)
            Assert.Equal("beacon.drand-json", Code("default", PublishedRounds.Default, PublishedRounds.Default[..length]));
    }

    [Fact]
    public void Nothing_anybody_pastes_throws_or_passes() => Gen.String.Sample(text => Assert.NotNull(Code("default", PublishedRounds.Default, text)));

    [Fact]
    public void Upper_case_and_fields_of_a_later_drand_do_no_harm()
    {
        var json = PublishedRounds.Changed(PublishedRounds.Quicknet, "served_by", "relay");
        json["signature"] = ((string)json["signature"]!).ToUpperInvariant(); // the published round has one
        var round = Read("quicknet", PublishedRounds.Quicknet, json.ToJsonString()).Round;
        Assert.Equal("fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587", round?.Randomness);
    }

    private static string? Code(string chain, string named, string json) => Read(chain, named, json).Refusal?.Code;

    private static DrandRoundReading Read(string chain, string named, string json)
    {
        var known = PublishedRounds.Chain(chain);
        var reading = DrandRound.Read(json, known, PublishedRounds.Named(known, named));
        Assert.True(reading.Round is null != reading.Refusal is null);
        return reading;
    }
}
