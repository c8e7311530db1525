using Xunit;

namespace ExpertPanel.Tests.Server.Cli;

/// <summary>CONTRACTS section 3: a made-up year through the real commands, letters and inbox.</summary>
[Collection(VerbCollection.Name)]
public sealed class SimulateTests
{
    private static readonly string[] Year = ["simulate", "--year", "2014", "--matters", "60", "--experts", "120", "--seats", "17", "--json"];

    [Fact]
    public async Task Every_matter_of_a_simulated_year_ends_and_its_history_is_intact()
    {
        var year = (await VerbRun.MustAsync([.. Year, "--seed", "1"])).Json;

        Assert.Equal("expertpanel.simulate/1", year.GetProperty("schema").GetString());
        Assert.Equal(0, year.GetProperty("stuck").GetInt32());
        Assert.Equal("intact", year.GetProperty("audit").GetString());
        var matters = year.GetProperty("matters");
        Assert.Equal(60, matters.GetProperty("registered").GetInt32());
        Assert.Equal(0, matters.GetProperty("open").GetInt32());
        Assert.Equal(60, new[] { "closed", "declined", "withdrawn" }.Sum(end => matters.GetProperty(end).GetInt32()));
        Assert.Equal(matters.GetProperty("closed").GetInt32(), year.GetProperty("documents").GetProperty("issued").GetInt32());
        Assert.All(new[] { "web", "mail" }, way => Assert.True(year.GetProperty("opinions").GetProperty(way).GetInt32() > 0));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_figures_and_another_seed_others()
    {
        var first = Figures(await VerbRun.MustAsync([.. Year, "--seed", "7"]));
        var second = Figures(await VerbRun.MustAsync([.. Year, "--seed", "7"]));
        var other = Figures(await VerbRun.MustAsync([.. Year, "--seed", "8"]));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    /// <summary>Everything but the times.</summary>
    private static string Figures(VerbRun run) => string.Join('\n', run.Json.EnumerateObject()
        .Where(figure => figure.Name is not ("seconds" or "stepsPerSecond")).Select(figure => $"{figure.Name}={figure.Value.GetRawText()}"));
}
