using CsCheck;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

/// <summary>The engine against trying everything, on small inputs where employers, specialties and membership are all scarce.</summary>
public sealed class PanelSearchTests
{
    [Fact]
    public void The_panel_is_the_one_found_by_trying_everything()
    {
        var (drawn, seat, employer, infeasible) = (0, 0, 0, 0);
        SmallDraws.Of(seats: 4, experts: 10).Select(DrawStage.Read).Sample(input =>
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
