using System.Text.Json.Nodes;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

/// <summary>A beacon named before its value is known: the draw is made with no other, and every letter of the input is held.</summary>
public sealed class BeaconNameTests
{
    private static JsonObject Named(string source = "公证处", string round = "2014-269")
    {
        var input = DrawStage.Input();
        input["beaconNamed"] = new JsonObject { ["kind"] = "lottery", ["source"] = source, ["round"] = round };
        return input;
    }

    /// <summary>The transcript of a draw by the named beacon, with this done to its input afterwards.</summary>
    private static DrawVerificationResult Verify(Action<JsonNode> change)
    {
        var transcript = JsonNode.Parse(DrawStage.Draw(Named()).ToUtf8())!; // just written
        Assert.True(DrawVerification.Verify(transcript.ToJsonString()).IsVerified);
        change(transcript["input"]!);
        return DrawVerification.Verify(transcript.ToJsonString());
    }

    [Theory]
    [InlineData("source", "另一处")]
    [InlineData("round", "2014-270")]
    [InlineData("round", "２014-269")]
    public void Another_beacon_than_was_named_is_refused_by_name(string field, string other)
    {
        var result = Verify(input => input["beacon"]![field] = other); // the stage has a beacon
        Assert.Equal($"input.beacon.{field}", result.Differs);
    }

    [Fact]
    public void Who_changes_the_name_too_changes_the_input()
    {
        var result = Verify(input =>
        {
            input["beacon"]!["source"] = "另一处"; // the stage has a beacon
            input["beaconNamed"]!["source"] = "另一处"; // and it was named
        });
        Assert.Equal("inputHash", result.Differs);
    }

    [Fact]
    public void Nothing_is_drawn_by_another_beacon_than_was_named()
    {
        var problem = Assert.Single(DrawInputReader.Read(Named(round: "2014-270").ToJsonString()).Problems);
        Assert.Equal("beacon.round: is not as named; expected \"2014-270\" as in beaconNamed", problem.ToString());
    }

    [Fact]
    public void With_a_named_beacon_hex_has_one_writing_alone()
    {
        Assert.Equal("input.secret", Verify(input => input["secret"] = DrawStage.Secret.ToUpperInvariant()).Problems[0].Path);
        Assert.Equal("input.beacon.value", Verify(input => input["beacon"]!["value"] = "C0FFEE").Problems[0].Path); // the stage has a beacon
        var unnamed = DrawStage.Input();
        unnamed["secret"] = DrawStage.Secret.ToUpperInvariant();
        Assert.True(DrawInputReader.Read(unnamed.ToJsonString()).IsSound); // as always
    }

    [Fact]
    public void A_named_beacon_says_nothing_that_no_hash_covers() =>
        Assert.Equal("input.beacon.note: is unknown; expected source, round, value alone", Verify(input => input["beacon"]!["note"] = "").Problems[0].ToString()); // the stage has a beacon

    [Theory]
    [InlineData("kind", "dice")]
    [InlineData("source", " ")]
    [InlineData("round", null)]
    public void A_name_has_a_kind_a_source_and_a_round(string field, string? value)
    {
        var input = Named();
        input["beaconNamed"]![field] = value; // just put there
        Assert.Equal($"beaconNamed.{field}", DrawInputReader.Read(input.ToJsonString()).Problems[0].Path);
    }

    [Fact]
    public void The_name_is_hashed_with_the_input()
    {
        var named = DrawInputReader.ReadBeforeBeacon(Named().ToJsonString()).Input;
        Assert.NotNull(named);
        Assert.Equal(new BeaconName("lottery", "公证处", "2014-269"), named.BeaconNamed);
        var unnamed = DrawStage.Read(DrawStage.Input());
        Assert.Null(unnamed.BeaconNamed);
        Assert.NotEqual(DrawEngine.Commit(unnamed).InputHash, DrawEngine.Commit(named).InputHash);
    }

    [Theory]
    [InlineData("\"order\":[{\"id\":\"E1\",\"number\":x", "order[0].number")]
    [InlineData("\"order\":[{\"id\":\"E1\"},7,", "order[1]")]
    [InlineData("\"a b\":[[]", "\"a b\"[0]")]
    [InlineData("\"seed\":\"\u0001", "seed")]
    public void A_file_that_breaks_off_is_named_where_it_does(string text, string path) =>
        Assert.Equal(path, DrawVerification.Verify("{" + text).Problems[0].Path);

    [Fact]
    public void What_is_not_utf8_is_named_too()
    {
        byte[] file = [.. "{\"seed\":\"ab"u8, 0xFF, .. "\"}"u8];
        Assert.Equal("seed: is followed by what is not UTF-8 (byte 12); expected JSON in UTF-8", DrawVerification.Verify(file).Problems[0].ToString());
    }

    [Fact]
    public void A_noncharacter_in_a_name_stands_for_itself()
    {
        Assert.True(NameComparison.AreSame("厅\uFFFE Ａ", "厅\uFFFEA"));
        Assert.False(NameComparison.AreSame("厅\uFFFE", "厅"));
    }
}
