using System.Text.Json.Nodes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows.Routes;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Routes;

/// <summary>Each fault of a route is named; the seed's route has none. Every case is the seed's route with one edit.</summary>
public sealed class RouteValidatorTests
{
    [Fact]
    public void The_seed_route_loads_without_a_fault()
    {
        var (route, problems) = RouteReader.Read(SeedFiles.BesideProgram.Route);
        Assert.Empty(problems);
        Assert.Equal(("legality-review", 1, "registered"), (route?.Id, route?.Version, route?.First));
        Assert.Equal(26, route?.Stages.Count);
    }

    [Fact]
    public void An_unknown_command_is_named() =>
        Expect("stages.registered.startPrecheck: 'startPrecheck' is not a command", r => Command(r, "registered", "startPreCheck")["run"] = "startPrecheck");

    [Fact]
    public void An_unknown_command_at_any_time_is_named() => Expect("anytime.fly: 'fly' is not a command", r => Overlay(r, "attachFile")["run"] = "fly");

    [Fact]
    public void An_unknown_role_is_named() =>
        Expect("stages[0].commands[0].by[0]: 'chief' is not a role; expected one of", r => Command(r, "registered", "startPreCheck")["by"] = new JsonArray("chief"));

    [Fact]
    public void A_role_that_is_no_text_is_named() => Expect("stages[0].acts: '5' is not a role", r => Stage(r, "registered")["acts"] = 5);

    [Fact]
    public void A_command_without_a_role_is_named() =>
        Expect("stages[0].commands[0].by: a command needs at least one role", r => Command(r, "registered", "startPreCheck").Remove("by"));

    [Fact]
    public void An_unknown_stage_is_named() =>
        Expect("stages.registered.startPreCheck.to.done: 'precheck' is not a stage", r => Command(r, "registered", "startPreCheck")["to"] = "precheck");

    [Fact]
    public void An_unknown_first_stage_is_named() => Expect("first: 'start' is not a stage", r => r["first"] = "start");

    [Fact]
    public void An_unknown_stage_at_any_time_is_named() =>
        Expect("anytime.requestExtension.in: 'reviewing' is not a stage", r => Overlay(r, "requestExtension")["in"]?.AsArray().Add("reviewing"));

    [Fact]
    public void A_stage_stands_once() => Expect("stages.declined: a stage id may stand only once", r => r["stages"]?.AsArray().Add(Stage(r, "declined").DeepClone()));

    [Fact]
    public void An_unknown_outcome_is_named() =>
        Expect("stages.registered.startPreCheck.to.maybe: 'startPreCheck' has no such outcome; it has done", r => Command(r, "registered", "startPreCheck")["to"] = new JsonObject { ["done"] = "preCheck", ["maybe"] = "preCheck" });

    [Fact]
    public void An_outcome_without_a_target_is_named() =>
        Expect("stages.expertConsulting.closeRound.to: the outcome 'short' has no target", r => Command(r, "expertConsulting", "closeRound")["to"]?.AsObject().Remove("short"));

    [Fact]
    public void A_target_that_is_no_stage_name_is_named() =>
        Expect("stages[0].commands[0].to: expected a stage, or an object of outcomes with a stage each", r => Command(r, "registered", "startPreCheck")["to"] = 7);

    [Fact]
    public void A_stage_to_which_no_way_leads_is_named() =>
        Expect("stages.transferred: no way leads here from 'registered'", r => Remove(r, "preCheck", "transferMatter"));

    [Fact]
    public void A_stage_without_an_exit_is_named() =>
        Expect("stages.archiving: no exit; a stage that does not end needs a command that leaves it", r => Command(r, "archiving", "archiveMatter").Remove("to"));

    [Fact]
    public void A_stage_that_turns_in_a_circle_is_named() =>
        Expect("stages.closing: no way leads from here to an end", r =>
        {
            Command(r, "closing", "closeMatter")["to"] = "archiving";
            Command(r, "archiving", "archiveMatter")["to"] = "closing";
        });

    [Fact]
    public void An_end_that_goes_on_is_named() =>
        Expect("stages.archived: ends, but a command leaves it", r => Stage(r, "archived")["commands"] =
            new JsonArray(new JsonObject { ["run"] = "closeMatter", ["by"] = new JsonArray("caseHandler"), ["to"] = "closing" }));

    [Fact]
    public void A_stage_on_nobodys_desk_is_named() =>
        Expect("stages.drawing.acts: missing role; somebody must have the matter on the desk", r => Stage(r, "drawing").Remove("acts"));

    [Fact]
    public void A_route_without_the_stage_where_corrections_begin_is_named() =>
        Expect("stages.drafting: missing stage; a correction begins there", r =>
        {
            foreach (var target in r["stages"]?.AsArray().SelectMany(s => s?["commands"]?.AsArray() ?? []) ?? [])
                if (target?["to"] is JsonValue to && to.GetValue<string>() == "drafting") target["to"] = "writing";
            Stage(r, "drafting")["id"] = "writing";
        });

    [Fact]
    public void An_unknown_fact_is_named() => Expect("follows.panelSeated: 'panelSeated' is not a fact", r => Follow(r, 0)["on"] = "panelSeated");

    [Fact]
    public void What_follows_must_be_the_systems_to_run() =>
        Expect("follows.beaconKnown.run: no stage lets the system run 'drawPanel'", r => Command(r, "drawing", "drawPanel")["by"] = new JsonArray("secretariat"));

    [Fact]
    public void An_unknown_following_command_is_named() => Expect("follows.beaconKnown.run: 'askAll' is not a command", r => Follow(r, 0)["run"] = "askAll");

    [Theory]
    [InlineData("schema", "expertpanel.route/2", "schema: expected expertpanel.route/1")]
    [InlineData("id", "", "id: missing; expected a text")]
    [InlineData("first", null, "first: missing; expected a text")]
    public void A_missing_head_is_named(string key, string? value, string problem) => Expect(problem, r => r[key] = value);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_version_counts_from_one(int version) => Expect("version: expected a whole number from 1", r => r["version"] = version);

    [Theory]
    [InlineData("stages")]
    [InlineData("anytime")]
    [InlineData("follows")]
    public void A_missing_list_is_named(string key) => Expect($"{key}: missing; expected a list", r => r.Remove(key));

    [Fact]
    public void What_is_no_stage_or_no_name_is_named()
    {
        Expect("stages[26]: expected an object", r => r["stages"]?.AsArray().Add("archived2"));
        Expect("stages[0].commands: expected a list", r => Stage(r, "registered")["commands"] = "startPreCheck");
        Expect("stages[0].name: expected an object with zh and en", r => Stage(r, "registered")["name"] = "登记");
        Expect("stages[0].name.en: missing; expected a text", r => Stage(r, "registered")["name"]?.AsObject().Remove("en"));
    }

    [Theory]
    [InlineData("[]", "(document): expected an object of schema expertpanel.route/1")]
    [InlineData("{\n \"schema\": ", "(line 2): not JSON; expected a document of schema expertpanel.route/1")]
    public void What_is_no_route_document_is_refused(string json, string problem)
    {
        var (route, problems) = RouteReader.Read(json);
        Assert.Null(route);
        Assert.Equal([problem], problems);
    }

    internal static void Expect(string problem, Action<JsonObject> edit)
    {
        var document = JsonNode.Parse(SeedFiles.BesideProgram.Route)?.AsObject() ?? [];
        edit(document);
        var (route, problems) = RouteReader.Read(document.ToJsonString());
        Assert.Null(route);
        Assert.Contains(problems, p => p.StartsWith(problem, StringComparison.Ordinal));
    }

    internal static JsonObject Stage(JsonObject route, string id) =>
        route["stages"]?.AsArray().Single(s => s?["id"]?.GetValue<string>() == id)?.AsObject() ?? throw new InvalidOperationException(id);

    internal static JsonObject Command(JsonObject route, string stage, string run) =>
        Stage(route, stage)["commands"]?.AsArray().Single(c => c?["run"]?.GetValue<string>() == run)?.AsObject() ?? throw new InvalidOperationException(run);

    internal static JsonObject Overlay(JsonObject route, string run) =>
        route["anytime"]?.AsArray().Single(c => c?["run"]?.GetValue<string>() == run)?.AsObject() ?? throw new InvalidOperationException(run);

    internal static void Remove(JsonObject route, string stage, string run) => Stage(route, stage)["commands"]?.AsArray().Remove(Command(route, stage, run));

    private static JsonObject Follow(JsonObject route, int index) => route["follows"]?[index]?.AsObject() ?? throw new InvalidOperationException("follows");
}
