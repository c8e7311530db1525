using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class DrawEngineTests
{
    private static byte[] Hex(string hex) => Convert.FromHexString(hex);

    private static JsonObject[] Experts(params (string Employer, string Specialty)[] experts) =>
        [.. experts.Select((expert, i) => DrawStage.Expert($"E{i + 1}", expert.Employer, expert.Specialty))];

    [Fact]
    public void The_hashes_and_the_seed_are_those_of_the_contract()
    {
        var input = DrawStage.Input();
        var transcript = DrawStage.Draw(input);

        var hashed = input.DeepClone().AsObject();
        hashed.Remove("secret");
        hashed.Remove("beacon");
        var inputHash = SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(JsonSerializer.SerializeToElement(hashed))));
        Assert.Equal(Convert.ToHexStringLower(inputHash), transcript.InputHash);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Hex(DrawStage.Secret))), transcript.SecretHash);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData([.. "expertpanel/draw/1"u8, 0, .. inputHash, .. Hex(DrawStage.Secret), .. Hex("c0ffee")])),
            transcript.Seed);
    }

    [Fact]
    public void The_commitment_before_the_beacon_is_that_of_the_draw()
    {
        var input = DrawStage.Input();
        var transcript = DrawStage.Draw(input);
        input.Remove("beacon");
        var early = DrawInputReader.ReadBeforeBeacon(input.ToJsonString()).Input;
        Assert.NotNull(early);

        Assert.Equal(new DrawCommitment(transcript.InputHash, transcript.SecretHash), DrawEngine.Commit(early));
        Assert.Throws<ArgumentException>(() => DrawEngine.Run(early));
    }

    [Fact]
    public void White_space_and_the_order_of_fields_do_not_change_a_draw_but_an_unknown_field_does()
    {
        var input = DrawStage.Input();
        var turned = new JsonObject(input.DeepClone().AsObject().Reverse().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        var one = DrawStage.Draw(input);
        var other = DrawEngine.Run(DrawInputReader.Read(turned.ToJsonString(new JsonSerializerOptions { WriteIndented = true })).Input!); // the same, so sound
        Assert.Equal(one.Seed, other.Seed);
        Assert.Equal(one.Panel, other.Panel);

        input["remark"] = "抄送";
        Assert.NotEqual(one.Seed, DrawStage.Draw(input).Seed);
    }

    [Fact]
    public void The_input_is_kept_to_the_byte()
    {
        var json = DrawStage.Input().ToJsonString(new JsonSerializerOptions { WriteIndented = true }).Replace("\"now\"", "\"未知\" : [ 1.50,\t\"\\u4e2d\" ],\r\n \"now\"", StringComparison.Ordinal);
        var reading = DrawInputReader.Read(json);
        Assert.NotNull(reading.Input);
        Assert.Contains(json, DrawEngine.Run(reading.Input).ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rarer_skill_is_not_wasted_on_an_easy_seat()
    {
        // Whoever comes first: the only one for land and the only one for labour are both on the panel, in their own seats.
        var transcript = DrawStage.Draw(DrawStage.Input(
            [DrawStage.Seat("any", false), DrawStage.Seat("land", false, "land"), DrawStage.Seat("labour", false, "labour")],
            Experts(("甲", "land"), ("乙", "labour"), ("丙", "civil"), ("丁", "civil"), ("戊", "civil"))));

        Assert.Equal([new SeatedExpert("land", "E1"), new SeatedExpert("labour", "E2")], transcript.Panel.Skip(1));
        Assert.Equal(["land", "labour"], transcript.ThinSeats);
        Assert.Empty(transcript.Alternates[1].Ids);
        Assert.Equal(2, transcript.Alternates[0].Ids.Count);
    }

    [Fact]
    public void Only_so_many_of_one_employer_sit_however_its_name_is_written()
    {
        var experts = Experts(("兰州大学（法学院）", "civil"), ("兰州大学(法学院)", "civil"), ("兰州大学 （法学院）", "civil"), ("甘肃政法学院", "civil"));
        var input = DrawStage.Input([DrawStage.Seat("s1", false), DrawStage.Seat("s2", false)], experts);
        var transcript = DrawStage.Draw(input);
        Assert.Contains("E4", transcript.Panel.Select(one => one.Id));
        Assert.All(transcript.PassedOver, one => Assert.Equal(PassedOverExpert.Employer, one.Why));

        input["rules"]!["maxPerEmployer"] = 2; // the stage has rules
        var wider = DrawStage.Draw(input);
        Assert.Equal(wider.Order.Take(2).Select(one => one.Id), wider.Panel.Select(one => one.Id));
    }

    [Fact]
    public void A_seat_has_at_most_five_alternates_and_is_thin_below_five_eligible()
    {
        var transcript = DrawStage.Draw(DrawStage.Input(
            [DrawStage.Seat("s1", false), DrawStage.Seat("s2", false, "land")],
            Experts([.. Enumerable.Range(0, 9).Select(i => (string.Create(CultureInfo.InvariantCulture, $"单位{i}"), i < 5 ? "land" : "civil"))])));

        Assert.Equal(5, transcript.Alternates[0].Ids.Count);
        Assert.Empty(transcript.ThinSeats);
        var seated = transcript.Panel.Select(one => one.Id).ToHashSet();
        Assert.Equal(transcript.Order.Select(one => one.Id).Where(id => !seated.Contains(id)).Take(5), transcript.Alternates[0].Ids);
    }

    [Fact]
    public void Without_a_full_panel_the_smallest_set_of_seats_in_the_way_is_named()
    {
        var transcript = DrawStage.Draw(DrawStage.Input(
            [DrawStage.Seat("any", false), DrawStage.Seat("land", false, "land"), DrawStage.Seat("labour", false, "labour"), DrawStage.Seat("soil", false, "land")],
            Experts(("甲", "land"), ("乙", "labour"), ("丙", "civil"), ("丁", "civil"))));

        Assert.Equal("infeasible", transcript.Outcome);
        Assert.Equal(["land", "soil"], transcript.Blocking);
        Assert.Empty(transcript.Panel);
        Assert.Empty(transcript.PassedOver);
        Assert.Empty(transcript.Alternates);
        Assert.Equal(
            "seats land, soil cannot be filled together: 1 eligible experts of 1 employers fit them, at most 1 of one employer may sit",
            Infeasibility.Of(transcript)?.ToString());
    }

    [Fact]
    public void One_employer_for_two_seats_blocks_them()
    {
        var transcript = DrawStage.Draw(DrawStage.Input(
            [DrawStage.Seat("civil", false, "civil"), DrawStage.Seat("land", false, "land"), DrawStage.Seat("labour", false, "labour")],
            Experts(("甲", "land"), ("甲", "land"), ("甲", "labour"), ("乙", "civil"), ("丙", "civil"))));
        Assert.Equal(["land", "labour"], transcript.Blocking);
    }

    [Fact]
    public void An_empty_pool_blocks_the_first_seat()
    {
        var transcript = DrawStage.Draw(DrawStage.Input([DrawStage.Seat("s1", false), DrawStage.Seat("s2", false)], []));
        Assert.Equal(["s1"], transcript.Blocking);
        Assert.Equal(["s1", "s2"], transcript.ThinSeats);
        Assert.Empty(transcript.Order);
    }

    [Fact]
    public void A_panel_of_64_seats_is_drawn()
    {
        var names = Enumerable.Range(0, 64).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();
        var transcript = DrawStage.Draw(DrawStage.Input(
            names.Select(name => DrawStage.Seat(name, false, name)),
            Experts([.. names.Select(name => ("单位" + name, name))])));
        Assert.Equal(names.Select((name, i) => new SeatedExpert(name, $"E{i + 1}")), transcript.Panel);
    }
}
