using System.Text.Json.Nodes;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class DrawVerificationTests
{
    private static JsonObject Golden(string name) => JsonNode.Parse(File.ReadAllText(DrawStage.GoldenPath(name)))!.AsObject(); // a file of ours

    private static DrawVerificationResult Verify(JsonNode transcript) => DrawVerification.Verify(transcript.ToJsonString());

    private static IEnumerable<string> Leaves(JsonNode node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Leaves(field.Value!)), // our transcripts hold no null
        JsonArray items => items.SelectMany(item => Leaves(item!)),
        _ => [node.GetPath()[2..]],
    };

    /// <summary>The transcript with one value changed to another of the same kind.</summary>
    private static JsonObject Tampered(string name, string path)
    {
        var transcript = Golden(name);
        var leaf = path.Split('.', '[').Aggregate((JsonNode)transcript, (node, step) =>
            (step.EndsWith(']') ? node[int.Parse(step[..^1], System.Globalization.CultureInfo.InvariantCulture)] : node[step])!);
        leaf.ReplaceWith(leaf.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => (JsonNode)(leaf.GetValue<string>() is ['0', ..] zero ? "1" + zero[1..] : "0" + leaf.GetValue<string>()[1..]),
            System.Text.Json.JsonValueKind.Number => leaf.GetValue<int>() + 1,
            var truth => truth == System.Text.Json.JsonValueKind.False,
        });
        return transcript;
    }

    [Theory]
    [InlineData("drawn.json")]
    [InlineData("infeasible.json")]
    public void Whatever_is_changed_in_the_result_is_named(string name)
    {
        var paths = Golden(name).Where(field => field.Key != "input").SelectMany(field => Leaves(field.Value!)).ToList(); // no null
        Assert.True(paths.Count > 25, "the golden transcript has too little to tamper with");
        Assert.All(paths, path => Assert.Equal(path, Verify(Tampered(name, path)).Differs));
    }

    [Fact]
    public void Whatever_is_changed_in_the_input_is_noticed_but_what_the_beacon_calls_itself()
    {
        var paths = Leaves(Golden("drawn.json")["input"]!).ToList(); // it has an input
        Assert.True(paths.Count > 100, "the golden input has too little to tamper with");
        foreach (var path in paths)
        {
            var result = Verify(Tampered("drawn.json", path));
            if (path is "input.beacon.source" or "input.beacon.round")
                Assert.True(result.IsVerified); // no hash covers them: whoever checks looks the beacon up under this name
            else if (result.IsReadable)
                Assert.Equal(path switch { "input.secret" => "secretHash", "input.beacon.value" => "seed", _ => "inputHash" }, result.Differs);
            else
                Assert.Contains(path, result.Problems.Select(problem => problem.Path));
        }
    }

    [Theory]
    [InlineData("drawn.json")]
    [InlineData("infeasible.json")]
    public void A_field_that_is_taken_away_is_named(string name)
    {
        foreach (var field in Golden(name).Select(field => field.Key).Where(field => field != "input"))
        {
            var transcript = Golden(name);
            transcript.Remove(field);
            Assert.Equal(field, Verify(transcript).Differs);
        }
    }

    [Fact]
    public void An_entry_that_is_added_or_taken_away_is_named()
    {
        var longer = Golden("drawn.json");
        var thinSeats = longer["thinSeats"]!.AsArray(); // the golden transcript has every field
        thinSeats.Add("s9");
        Assert.Equal($"thinSeats[{thinSeats.Count - 1}]", Verify(longer).Differs);

        var shorter = Golden("drawn.json");
        var order = shorter["order"]!.AsArray(); // the same
        order.RemoveAt(order.Count - 1);
        Assert.Equal($"order[{order.Count}]", Verify(shorter).Differs);
    }

    [Fact]
    public void Two_experts_who_changed_places_are_named()
    {
        var transcript = Golden("drawn.json");
        (transcript["panel"]![0]!["id"], transcript["panel"]![1]!["id"]) = ("E0003", "E0002"); // the golden panel has three seats
        Assert.Equal("panel[0].id", Verify(transcript).Differs);
    }

    [Fact]
    public void A_blocking_set_in_a_draw_that_came_about_is_named()
    {
        var transcript = Golden("drawn.json");
        transcript["blocking"] = new JsonArray("s1");
        Assert.Equal("blocking", Verify(transcript).Differs);
    }

    [Fact]
    public void Fields_that_are_none_of_ours_are_ignored()
    {
        var transcript = Golden("drawn.json");
        transcript["filedUnder"] = "甘府法〔2014〕1号";
        Assert.True(Verify(transcript).IsVerified);
    }

    [Theory]
    [InlineData("not json", "$")]
    [InlineData("[]", "input")]
    [InlineData("""{"schema":"expertpanel.draw/1"}""", "input")]
    [InlineData("""{"input":7}""", "input")]
    [InlineData("""{"input":{},"input":{}}""", "input")]
    public void What_cannot_be_drawn_again_is_unreadable(string json, string path)
    {
        var result = DrawVerification.Verify(json);
        Assert.False(result.IsVerified);
        Assert.Equal(path, result.Problems[0].Path);
    }

    [Fact]
    public void A_transcript_that_says_two_things_at_once_is_unreadable()
    {
        var json = Golden("drawn.json").ToJsonString();
        var result = DrawVerification.Verify(json[..^1] + ",\"outcome\":\"infeasible\"}");
        Assert.Equal("outcome: is given twice; expected once", Assert.Single(result.Problems).ToString());
    }
}
