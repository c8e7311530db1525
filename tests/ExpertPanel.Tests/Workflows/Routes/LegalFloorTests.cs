using System.Text.Json.Nodes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows.Routes;
using Xunit;
using static ExpertPanel.Tests.Workflows.Routes.RouteValidatorTests;

namespace ExpertPanel.Tests.Workflows.Routes;

/// <summary>What no committee can edit away from its clone of the route.</summary>
public sealed class LegalFloorTests
{
    [Fact]
    public void A_clone_that_only_changes_names_deadlines_and_extra_stages_is_accepted()
    {
        var clone = JsonNode.Parse(SeedFiles.BesideProgram.Route)?.AsObject() ?? [];
        clone["id"] = "tianshui-review";
        clone["version"] = 2;
        RouteValidatorTests.Stage(clone, "preCheck")["deadline"] = "preCheckOwn";
        Command(clone, "registered", "startPreCheck")["to"] = "reading";
        clone["stages"]?.AsArray().Add(new JsonObject
        {
            ["id"] = "reading",
            ["name"] = new JsonObject { ["zh"] = "传阅", ["en"] = "Reading" },
            ["acts"] = "divisionHead",
            ["commands"] = new JsonArray(new JsonObject { ["run"] = "startPreCheck", ["by"] = new JsonArray("divisionHead"), ["to"] = "preCheck" }),
        });
        Assert.Empty(RouteReader.Read(clone.ToJsonString()).Problems);
    }

    [Fact]
    public void No_opinion_is_issued_without_sign_off() =>
        Expect("floor.no-issue-without-sign-off", r => Command(r, "verifying", "verifyDraft")["to"] = new JsonObject { ["sign"] = "numbering", ["countersign"] = "countersigning" });

    [Fact]
    public void No_opinion_is_issued_at_any_time() =>
        Expect("floor.no-issue-without-sign-off", r => r["anytime"]?.AsArray().Add(new JsonObject { ["run"] = "issueOpinion", ["by"] = new JsonArray("documentClerk") }));

    [Fact]
    public void No_draft_is_signed_without_verification() =>
        Expect("floor.no-sign-off-without-verification", r => Command(r, "drafting", "submitDraft")["to"] = "signing");

    [Fact]
    public void Nobody_is_invited_without_a_draw() =>
        Expect("floor.no-seat-without-draw", r => Command(r, "underReview", "prepareDraw")["to"] = "inviting");

    [Fact]
    public void Nobody_but_the_leader_signs() =>
        Expect("floor.sign-off: stage 'signing' lets somebody other than the leader sign", r => Command(r, "signing", "signOpinion")["by"] = new JsonArray("leader", "divisionHead"));

    [Theory]
    [InlineData("secretariat")]
    [InlineData("system")]
    public void Nobody_below_the_head_approves_a_second_draw(string role) =>
        Expect("floor.redraw: stage 'expertConsulting'", r => Command(r, "expertConsulting", "decideRedraw")["by"] = new JsonArray("divisionHead", role));

    [Theory]
    [InlineData("caseHandler")]
    [InlineData("system")]
    public void Neither_the_handler_nor_the_program_verifies(string role) =>
        Expect("floor.three-persons: stage 'verifying'", r => Command(r, "verifying", "verifyDraft")["by"] = new JsonArray("divisionHead", role));

    [Theory]
    [InlineData("consultUnits")]
    [InlineData("recordConsultationReply")]
    public void Consultation_never_stands_for_review(string run) =>
        Expect($"floor.consultation-is-not-review: '{run}' moves the matter on", r => Command(r, "underReview", run)["to"] = "drafting");

    [Theory]
    [InlineData("verifying", "verifyDraft")]
    [InlineData("signing", "signOpinion")]
    [InlineData("numbering", "issueOpinion")]
    [InlineData("drawing", "drawPanel")]
    public void The_steps_of_the_law_are_in_every_route(string stage, string run) =>
        Expect($"floor: the route never runs '{run}'", r => Remove(r, stage, run));
}
