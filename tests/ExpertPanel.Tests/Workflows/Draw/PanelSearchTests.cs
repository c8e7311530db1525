using System.Text.Json.Nodes;
using CsCheck;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

/// <summary>The engine against trying everything, on small inputs where employers, specialties and membership are all scarce.</summary>
public sealed class PanelSearchTests
{
    private static readonly string[] Specialties = ["administrative", "environment", "land", "labour"];

    private static readonly Gen<int> Many = Gen.Int[0, 15];

    /// <summary>Each specialty one time in four.</summary>
    private static readonly Gen<int> Few = Gen.Select(Many, Many, (left, right) => left & right);

    private static readonly Gen<JsonObject> Seats = Gen.Select(
        Few, Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))),
        (specialties, member) => DrawStage.Seat("", member, Named(specialties)));

    private static Gen<JsonObject> Experts(int employers) => Gen.Select(
        Many, Gen.Int[1, employers], Gen.Bool, Gen.Int[0, 3],
        (specialties, employer, member, reviews) =>
        {
            var expert = DrawStage.Expert("", $"第{employer}单位", Named(specialties));
            (expert["committeeMember"], expert["recentReviews"]) = (member, reviews);
            return expert;
        });

    private static readonly Gen<DrawInput> Inputs =
        from employers in Gen.Int[1, 7]
        from maxPerEmployer in Gen.Frequency((3, Gen.Const(1)), (1, Gen.Int[2, 3]))
        from seats in Seats.List[1, 4]
        from pool in Experts(employers).List[0, 10]
        select Input(seats, pool, maxPerEmployer);

    private static string[] Named(int bits) => [.. Specialties.Where((_, i) => (bits & (1 << i)) != 0)];

    private static DrawInput Input(List<JsonObject> seats, List<JsonObject> pool, int maxPerEmployer)
    {
        for (var i = 0; i < seats.Count; i++)
            seats[i]["id"] = $"s{i + 1}";
        for (var i = 0; i < pool.Count; i++)
            pool[i]["id"] = $"E{i + 1:d4}";
        var input = DrawStage.Input(seats, pool);
        input["rules"]!["maxPerEmployer"] = maxPerEmployer; // the stage has rules
        return DrawStage.Read(input);
    }

    [Fact]
    public void The_panel_is_the_one_found_by_trying_everything()
    {
        var (drawn, seat, employer, infeasible) = (0, 0, 0, 0);
        Inputs.Sample(input =>
        {
            var transcript = DrawEngine.Run(input);
            var trial = new FirstPanelByTrial(input, [.. transcript.Order.Select(one => one.Id)]);
            Assert.Equal(trial.IsFeasible ? "drawn" : "infeasible", transcript.Outcome);
            if (!trial.IsFeasible)
            {
                Assert.Equal(trial.Blocking(), transcript.Blocking);
                Assert.Empty(transcript.Panel);
                infeasible++;
                return;
            }

            trial.Walk();
            Assert.Equal(trial.PassedOver, transcript.PassedOver);
            Assert.Equal(trial.Seating(), transcript.Panel);
            Assert.All(transcript.Panel.Zip(transcript.Alternates), pair => Assert.Equal(trial.AlternatesFor(pair.First), pair.Second.Ids));
            Assert.Null(transcript.Blocking);
            drawn++;
            seat += transcript.PassedOver.Count(one => one.Why == PassedOverExpert.Seat);
            employer += transcript.PassedOver.Count(one => one.Why == PassedOverExpert.Employer);
        }, iter: 3000, threads: 1);

        // The instances must be hard enough to mean something.
        Assert.True(drawn > 500 && infeasible > 500 && seat > 100 && employer > 100, $"{drawn} drawn, {infeasible} infeasible, passed over {seat} and {employer}");
    }
}
