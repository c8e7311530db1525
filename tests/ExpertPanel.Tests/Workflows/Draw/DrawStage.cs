using System.Text.Json.Nodes;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

/// <summary>Inputs to start from; a test changes in the JSON what it is about.</summary>
internal static class DrawStage
{
    public const string Secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    /// <summary>One matter, three seats, six experts of six employers, all of them eligible.</summary>
    public static JsonObject Input() => new()
    {
        ["schema"] = "expertpanel.draw-input/1",
        ["matter"] = new JsonObject
        {
            ["id"] = "620000-2014-0001",
            ["title"] = "甘肃省城镇供热管理办法（草案）",
            ["sponsor"] = "省环保厅",
            ["parties"] = new JsonArray("兰州某热力有限公司"),
            ["counsel"] = new JsonArray("甘肃某律师事务所"),
            ["people"] = new JsonArray("王某"),
        },
        ["seats"] = new JsonArray(Seat("s1", true, "administrative"), Seat("s2", false, "environment", "administrative"), Seat("s3", false)),
        ["rules"] = new JsonObject { ["maxPerEmployer"] = 1, ["maxOpenReviews"] = 5, ["ticketsByRecentReviews"] = new JsonArray(16, 4, 1) },
        ["now"] = "2014-09-26T09:00:00+08:00",
        ["pool"] = new JsonArray([.. Enumerable.Range(1, 6).Select(i => (JsonNode)Expert($"E{i:d4}", $"第{i}大学法学院", "administrative"))]),
        ["secret"] = Secret,
        ["beacon"] = new JsonObject { ["source"] = "公证处", ["round"] = "2014-269", ["value"] = "c0ffee" },
    };

    public static JsonObject Seat(string id, bool committeeMember, params string[] specialties) => new()
    {
        ["id"] = id,
        ["specialties"] = List(specialties),
        ["committeeMember"] = committeeMember,
    };

    public static JsonObject Expert(string id, string employer, params string[] specialties) => new()
    {
        ["id"] = id,
        ["name"] = "专家" + id,
        ["employer"] = employer,
        ["formerEmployers"] = new JsonArray(),
        ["specialties"] = List(specialties),
        ["committeeMember"] = true,
        ["termFrom"] = "2014-01-01",
        ["termTo"] = "2018-12-31",
        ["onLeave"] = false,
        ["openReviews"] = 0,
        ["recentReviews"] = 0,
        ["conflicts"] = new JsonArray(),
        ["relatives"] = new JsonArray(),
    };

    public static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    public static DrawInput Read(JsonNode input)
    {
        var reading = DrawInputReader.Read(input.ToJsonString());
        Assert.True(reading.IsSound, string.Join("; ", reading.Problems));
        return reading.Input;
    }

    public static DrawTranscript Draw(JsonNode input) => DrawEngine.Run(Read(input));

    /// <summary>The same input with a pool and seats of its own.</summary>
    public static JsonObject Input(IEnumerable<JsonObject> seats, IEnumerable<JsonObject> pool)
    {
        var input = Input();
        input["seats"] = new JsonArray([.. seats.Select(seat => seat.DeepClone())]);
        input["pool"] = new JsonArray([.. pool.Select(expert => expert.DeepClone())]);
        return input;
    }

    public static string GoldenPath(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "tests", "ExpertPanel.Tests", "Workflows", "Draw", "golden", name);
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException("The golden transcript is not in the repository.", name);
    }
}
