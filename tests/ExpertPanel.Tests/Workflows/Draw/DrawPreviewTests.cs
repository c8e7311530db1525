using System.Reflection;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

/// <summary>A preview shows what might come and is good for nothing else.</summary>
public sealed class DrawPreviewTests
{
    private static string Chance(int trial) => trial.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void It_fills_the_seats_by_the_same_rules_but_not_by_the_same_seed()
    {
        var input = DrawStage.Read(DrawStage.Input());
        var drawn = DrawEngine.Run(input);
        var previews = Enumerable.Range(0, 50).Select(i => DrawPreview.Of(input, Chance(i))).ToList();
        Assert.All(previews, p => Assert.Equal((drawn.Panel.Count, drawn.Order.Count), (p.Panel.Count, p.Eligible)));
        Assert.All(previews, p => Assert.Equal(drawn.ThinSeats, p.ThinSeats));
        Assert.All(previews, p => Assert.Equal(drawn.Excluded.Select(e => e.Id), p.Excluded.Select(e => e.Id)));
        Assert.True(previews.Select(p => string.Join(',', p.Panel.Select(s => s.Expert.Id))).Distinct().Count() > 1);
    }

    [Fact]
    public void It_has_nothing_a_draw_could_be_made_of()
    {
        var json = MatterCommands.Write(DrawPreview.Of(DrawStage.Read(DrawStage.Input()), Chance(1)));
        Assert.False(DrawVerification.Verify(json).IsReadable);
        Assert.DoesNotContain(DrawStage.Secret, json, StringComparison.Ordinal);
        Assert.Empty(typeof(DrawPreview).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => p.Name).Intersect(["Seed", "Secret", "Input", "InputHash", "SecretHash", "Order"]));
    }

    [Fact]
    public void Seats_that_cannot_be_filled_are_named()
    {
        var input = DrawStage.Read(DrawStage.Input());
        var preview = DrawPreview.Of(input with { Pool = [input.Pool[0]] }, Chance(1));
        Assert.Empty(preview.Panel);
        Assert.NotEmpty(preview.Infeasible?.Seats ?? []);
    }
}
