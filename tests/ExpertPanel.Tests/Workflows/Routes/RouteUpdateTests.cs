using ExpertPanel.Tests.Server.Upgrades;
using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Routes;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Routes;

/// <summary>What two versions of a route differ in, and what an older one gets so that its draws can be held.</summary>
public sealed class RouteUpdateTests
{
    private static readonly Route Seed = Walk.SeedRoute;

    [Fact]
    public void Two_routes_that_say_the_same_do_not_differ_whatever_their_number_and_order()
    {
        var same = Seed with { Version = 9, Stages = [.. Seed.Stages.Select(s => s with { Commands = [.. s.Commands.Reverse()] })], Anytime = [.. Seed.Anytime.Reverse()] };
        Assert.Empty(RouteUpdate.Differences(same, Seed));
    }

    [Fact]
    public void Each_kind_of_difference_is_found_once()
    {
        var own = Seed with
        {
            First = "preCheck",
            Stages =
            [
                .. Seed.Stages.Where(s => s.Id != "archiving").Select(s => s.Id switch
                {
                    "registered" => s with { Name = new("收件", "Received") },
                    "preCheck" => s with { Acts = Role.CaseHandler, Deadline = null },
                    "arguing" => s with { Main = true },
                    "signing" => s with { Commands = [s.Commands[0] with { By = [Role.Leader, Role.DivisionHead] }, s.Commands[1] with { To = new Dictionary<string, string> { ["done"] = "verifying" } }] },
                    "drawing" => s with { Commands = [.. s.Commands.Where(c => c.Run != "commitShare"), new("saveDraft", [Role.CaseHandler], new Dictionary<string, string>())] },
                    _ => s,
                }),
                Seed.Stage("archived") with { Id = "shelved" },
            ],
            Anytime = [.. Seed.Anytime.Where(o => o.Run != "setMailAllowed").Select(o => o.Run switch
            {
                "expediteMatter" => o with { Stages = ["underReview"] },
                "resumeMatter" => o with { WhileSuspended = false },
                _ => o,
            })],
            Follows = [.. Seed.Follows.Skip(1), new("matterClosed", "archiveMatter")],
        };

        Assert.Equal(
            [
                "FirstChanged  ", "StageRenamed registered ", "DeskChanged preCheck ", "LimitChanged preCheck ", "CommandAdded drawing commitShare", "CommandRemoved drawing saveDraft",
                "PlaceChanged arguing ", "RolesChanged signing signOpinion", "TargetsChanged signing returnDraft", "StageAdded archiving ", "CommandAdded archiving archiveMatter", "StageRemoved shelved ",
                "StagesChanged  expediteMatter", "CommandAdded  setMailAllowed", "SuspensionChanged  resumeMatter", "FollowAdded  drawPanel", "FollowRemoved  archiveMatter",
            ],
            RouteUpdate.Differences(own, Seed).Select(d => $"{d.Change} {d.Stage} {d.Subject}"));
    }

    [Fact]
    public void A_route_that_has_all_that_a_draw_needs_is_left_as_it_is() => Assert.Same(Seed, DrawSteps.Complete(Seed));

    [Fact]
    public void A_completed_older_route_stands_the_validator_and_lets_a_draw_be_held()
    {
        var route = DrawSteps.Complete(OlderProgram.Route);
        Assert.Empty(RouteValidator.Faults(route));
        Assert.Same(route, DrawSteps.Complete(route));
        var walk = new Walk { Route = route, Rules = OlderProgram.Rules }.To("expertConsulting");
        Assert.Equal(3, walk.Invitations.Count);
    }

    [Fact]
    public void Without_that_it_would_be_stuck_in_the_draw() =>
        new Walk { Route = OlderProgram.Route, Rules = OlderProgram.Rules }.To("drawing").MustRefuse("stage.not-here", new ExpertPanel.Workflows.Beacons.CommitShare(new string('a', 64)), People.Secretariat);

    [Fact]
    public void A_draw_that_an_older_program_prepared_without_a_beacon_is_refused_with_what_to_do()
    {
        var walk = WalkStages.At("drawing");
        walk.Change(m => m with { Panel = m.Panel is { } panel ? panel with { Beacon = null } : null });
        walk.MustRefuse("draw.no-beacon", new ExpertPanel.Workflows.Panels.DrawPanel(), People.Secretariat);
        walk.Must(new ExpertPanel.Workflows.Panels.CancelDraw("程序更新"), People.Secretariat);
    }
}
