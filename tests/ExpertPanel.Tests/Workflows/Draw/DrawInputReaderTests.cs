using System.Text.Json;
using System.Text.Json.Nodes;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class DrawInputReaderTests
{
    private static IEnumerable<string> Problems(string json)
    {
        var reading = DrawInputReader.Read(json);
        Assert.False(reading.IsSound);
        return reading.Problems.Select(problem => problem.ToString());
    }

    private static IEnumerable<string> Problems(Action<JsonObject> change)
    {
        var input = DrawStage.Input();
        change(input);
        return Problems(input.ToJsonString());
    }

    private static JsonObject Expert(JsonObject input, int index) => input["pool"]!.AsArray()[index]!.AsObject(); // the stage has a pool

    [Fact]
    public void Everything_is_read_as_it_stands()
    {
        var input = DrawStage.Read(DrawStage.Input());

        Assert.Equal("省环保厅", input.Matter.Sponsor);
        Assert.Equal(["s1", "s2", "s3"], input.Seats.Select(seat => seat.Id));
        Assert.Equal([true, false, false], input.Seats.Select(seat => seat.CommitteeMember));
        Assert.Equal([16, 4, 1], input.Rules.TicketsByRecentReviews);
        Assert.Equal(new DateTimeOffset(2014, 9, 26, 9, 0, 0, TimeSpan.FromHours(8)), input.Now);
        Assert.Equal(new DateOnly(2018, 12, 31), input.Pool[5].TermTo);
        Assert.Equal(new Beacon("公证处", "2014-269", "c0ffee"), input.Beacon);
    }

    [Fact]
    public void In_whatever_order_fields_stand_and_whatever_stands_between_them_the_same_is_read()
    {
        var turned = Turned(DrawStage.Input()).AsObject();
        turned["pool"]!.AsArray()[0]!.AsObject().Insert(3, "note", "nobody asks for this"); // the stage has a pool

        var (read, straight) = (DrawStage.Read(turned), DrawStage.Read(DrawStage.Input()));
        Assert.Equal(Written(straight), Written(read));

        static JsonNode Turned(JsonNode node) => node switch
        {
            JsonObject fields => new JsonObject(fields.Reverse().Select(f => KeyValuePair.Create(f.Key, f.Value is { } value ? Turned(value) : null))),
            JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Turned(item))]),
            _ => node.DeepClone(),
        };

        static string Written(DrawInput input) => JsonSerializer.Serialize(new { input.Matter, input.Seats, input.Rules, input.Now, input.Pool, input.Secret, input.Beacon });
    }

    [Fact]
    public void A_seat_need_not_say_that_it_takes_others_than_members()
    {
        var input = DrawStage.Input();
        input["seats"]!.AsArray()[1]!.AsObject().Remove("committeeMember"); // the stage has three seats
        Assert.False(DrawStage.Read(input).Seats[1].CommitteeMember);
    }

    [Fact]
    public void All_problems_are_found_at_once_each_at_its_place()
    {
        var problems = Problems(input =>
        {
            input["schema"] = "expertpanel.draw-input/2";
            input["matter"]!.AsObject().Remove("sponsor");
            input["rules"]!["ticketsByRecentReviews"] = new JsonArray(16, 0, "1", 2.5);
            input["now"] = "2014-09-26T09:00:00";
            Expert(input, 0)["termFrom"] = "2014-02-30";
            Expert(input, 1)["id"] = "E0001";
            Expert(input, 2)["openReviews"] = -1;
            Expert(input, 3)["conflicts"] = new JsonArray("某公司", 7, " ");
            Expert(input, 4)["onLeave"] = "no\nway";
            input["secret"] = "00";
            input["beacon"]!["value"] = "abc";
        });

        Assert.Equal(
            [
                "schema: is \"expertpanel.draw-input/2\"; expected expertpanel.draw-input/1",
                "matter.sponsor: is missing; expected a name",
                "rules.ticketsByRecentReviews[1]: is 0; expected a whole number from 1 to 10000",
                "rules.ticketsByRecentReviews[2]: is \"1\"; expected a whole number from 1 to 10000",
                "rules.ticketsByRecentReviews[3]: is 2.5; expected a whole number from 1 to 10000",
                "now: is \"2014-09-26T09:00:00\"; expected a time with its offset as 2014-09-26T09:00:00+08:00",
                "pool[0].termFrom: is \"2014-02-30\"; expected a date as 2014-12-31",
                "pool[1].id: is \"E0001\" as is that of pool[0]; expected an id of its own",
                "pool[2].openReviews: is -1; expected a whole number of at least 0",
                "pool[3].conflicts[1]: is 7; expected a text",
                "pool[3].conflicts[2]: is blank; expected a text",
                "pool[4].onLeave: is \"no\\nway\"; expected true or false",
                "secret: has 2 characters; expected 64 hex digits",
                "beacon.value: has 3 characters; expected an even number of hex digits, at least two",
            ],
            problems);
    }

    [Fact]
    public void An_empty_object_misses_every_field() => Assert.Equal(
        ["schema", "matter", "seats", "rules", "now", "pool", "secret", "beacon"],
        Problems("{}").Select(problem => problem[..problem.IndexOf(':', StringComparison.Ordinal)]));

    [Fact]
    public void A_draw_without_tickets_or_seats_is_refused() => Assert.Equal(
        [
            "seats: has 0 entries; expected a list of 1 to 64 seats",
            "rules.ticketsByRecentReviews: is empty; expected a list of at least one whole number from 1 to 10000",
        ],
        Problems(input => (input["seats"], input["rules"]!["ticketsByRecentReviews"]) = (new JsonArray(), new JsonArray())));

    [Theory]
    [InlineData("secret", "\"zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\"", "secret: has other characters than hex digits; expected 64 hex digits")]
    [InlineData("secret", "null", "secret: is null; expected 64 hex digits")]
    [InlineData("pool", "{}", "pool: is an object; expected a list of experts")]
    [InlineData("pool", "[3]", "pool[0]: is 3; expected an object")]
    [InlineData("matter", "[]", "matter: is a list; expected the matter")]
    [InlineData("now", "\"2014-09-26\"", "now: is \"2014-09-26\"; expected a time with its offset as 2014-09-26T09:00:00+08:00")]
    [InlineData("now", "\"26.9.2014\"", "now: is \"26.9.2014\"; expected a time with its offset as 2014-09-26T09:00:00+08:00")]
    [InlineData("now", "\"2014-09-26T09:00:00.Z\"", "now: is \"2014-09-26T09:00:00.Z\"; expected a time with its offset as 2014-09-26T09:00:00+08:00")]
    public void A_field_of_the_wrong_kind_is_named(string field, string value, string problem) =>
        Assert.Equal([problem], Problems(input => input[field] = JsonNode.Parse(value)));

    [Theory]
    [InlineData("", "$: is not JSON (line 1, byte 1); expected a JSON object")]
    [InlineData("{\n \"schema\": x", "$: is not JSON (line 2, byte 12); expected a JSON object")]
    [InlineData("[]", "$: is not a JSON object; expected the draw's input")]
    public void What_is_no_JSON_object_is_refused(string json, string problem) => Assert.Equal([problem], Problems(json));

    [Fact]
    public void A_text_with_half_a_character_is_refused() =>
        Assert.Equal(["$: holds half a surrogate pair; expected Unicode text"], Problems("{\"schema\":\"\ud800\"}"));

    [Fact]
    public void What_other_readers_would_read_otherwise_is_refused_in_unknown_fields_too()
    {
        var json = DrawStage.Input().ToJsonString();
        Assert.Equal(
            [
                "note.a: is given twice; expected once",
                "note.b[1]: is a number beyond IEEE 754 double; expected one within",
                "note.\"c d\": holds half a surrogate pair; expected Unicode text",
                "now: is given twice; expected once",
            ],
            Problems("""{"note":{"a":1,"\u0061":2,"b":[1,1e999],"c d":"\ud800x"},"now":"2014-09-26T09:00:00+08:00",""" + json[1..]));
    }

    [Fact]
    public void Before_the_beacon_is_known_it_may_be_absent_but_not_wrong()
    {
        var input = DrawStage.Input();
        input.Remove("beacon");
        Assert.False(DrawInputReader.Read(input.ToJsonString()).IsSound);
        Assert.True(DrawInputReader.ReadBeforeBeacon(input.ToJsonString()).IsSound);

        input["beacon"] = new JsonObject { ["source"] = "公证处", ["round"] = "1", ["value"] = "" };
        Assert.Equal("beacon.value", Assert.Single(DrawInputReader.ReadBeforeBeacon(input.ToJsonString()).Problems).Path);
    }

    [Fact]
    public void A_composed_input_reads_like_one_from_a_file_and_keeps_its_commitment_when_the_beacon_comes()
    {
        var file = DrawStage.Read(DrawStage.Input());
        var composed = DrawInputComposer.Compose(file.Matter, file.Seats, file.Rules, file.Now, file.Pool, file.Secret).Input;
        Assert.NotNull(composed);
        var complete = DrawInputComposer.WithBeacon(composed.Raw.GetRawText(), new Beacon("公证处", "2014-269", "c0ffee")).Input;
        Assert.NotNull(complete);

        Assert.Equal(DrawEngine.Commit(file), DrawEngine.Commit(composed));
        Assert.Equal(DrawEngine.Run(file).Order, DrawEngine.Run(complete).Order);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    public void No_beacon_joins_what_is_no_input(string frozen) => Assert.False(DrawInputComposer.WithBeacon(frozen, new Beacon("x", "y", "00")).IsSound);

    [Fact]
    public void A_frozen_text_that_has_a_beacon_already_takes_no_second()
    {
        var reading = DrawInputComposer.WithBeacon(DrawStage.Input().ToJsonString(), new Beacon("x", "y", "00"));
        Assert.Equal("beacon: is given twice; expected once", Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void The_name_of_the_beacon_is_hashed_with_the_rest()
    {
        var file = DrawStage.Read(DrawStage.Input());
        string[] hashes =
        [
            .. new NamedBeacon?[] { null, new(BeaconKind.Lottery, "双色球", "2014112", file.Now), new(BeaconKind.Lottery, "双色球", "2014113", file.Now), new(BeaconKind.Drand, "双色球", "2014112", file.Now) }
                .Select(named => DrawInputComposer.Compose(file.Matter, file.Seats, file.Rules, file.Now, file.Pool, file.Secret, named).Input)
                .Select(input => DrawEngine.Commit(input ?? throw new InvalidOperationException("Not sound.")).InputHash),
        ];
        Assert.Equal(4, hashes.Distinct().Count());
    }

    [Fact]
    public void A_composed_input_with_a_slip_names_it() => Assert.Equal(
        "matter.sponsor",
        Assert.Single(DrawInputComposer.Compose(
            DrawStage.Read(DrawStage.Input()).Matter with { Sponsor = " " },
            [new Seat("s1", [])],
            new DrawRules(1, 1, [1]),
            new DateTimeOffset(2014, 9, 26, 9, 0, 0, TimeSpan.FromHours(8)),
            [],
            DrawStage.Secret).Problems).Path);
}
