using System.Net;
using AngleSharp.Dom;
using ExpertPanel.Tests.Server.Pages;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Server.Upgrades;

/// <summary>Matters of an older route after the program was updated: none is stuck before its draw, adopted or not.</summary>
public sealed class OlderRouteTests : IAsyncLifetime
{
    private readonly Office office = new();

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        await OlderProgram.LeftAsync(office.App);
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_matter_that_began_under_it_is_drawn_by_two_persons_on_the_pages()
    {
        var matter = await office.DrawingAsync();
        Assert.Equal(1, matter.RouteVersion);
        var room = $"/matters/{matter.Number}/draw";
        foreach (var (name, handler) in new[] { ("秘书辛", "Commit"), ("审计丑", "Commit"), ("审计丑", "Reveal"), ("秘书辛", "Reveal") })
            Assert.Equal(HttpStatusCode.Redirect, (await office.Of(name).SubmitAsync(room, new Dictionary<string, string>(), handler)).StatusCode);

        var page = await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}");
        Assert.Equal("专家意见", page.QuerySelector(".route [aria-current=step] .name")?.TextContent);
    }

    [Fact]
    public async Task A_draw_that_the_older_program_prepared_says_what_to_do_and_is_prepared_anew()
    {
        var matter = await office.DrawingAsync();
        await OlderProgram.WithoutBeaconAsync(office.App, matter);
        var secretariat = office.Of("秘书辛");

        var room = await secretariat.ReadAsync($"/matters/{matter.Number}/draw");
        Assert.Contains("没有指定随机源", room.Text("#turn-title"), StringComparison.Ordinal);
        Assert.NotNull(room.QuerySelector($"a[href='/matters/{matter.Number}/do/cancelDraw']"));
        Assert.Equal(HttpStatusCode.Redirect, (await secretariat.SubmitAsync($"/matters/{matter.Number}/do/cancelDraw", new Dictionary<string, string> { ["Reason"] = "程序更新" })).StatusCode);

        matter = await office.RunAsync(matter, new PrepareDraw([new(null, true), new(["administrative"], false), new(null, false)], "特许经营期限是否合法？"), "承办人乙");
        Assert.Equal(BeaconKind.TwoPerson, matter.Panel?.Beacon?.Named.Kind);
        Assert.Equal("expertConsulting", (await office.DrawnAsync(matter)).Stage);
        Assert.Single(matter.FormerDraws);
    }

    [Fact]
    public async Task A_draw_half_known_is_given_up_by_two_persons_under_it_too()
    {
        var matter = await office.DrawingAsync();
        foreach (var (command, actor) in Shares.Acts(matter, office.As("秘书辛"), office.As("审计丑")).Take(3)) matter = await office.RunAsync(matter, command, actor);
        await office.RunAsync(matter, new RequestRedraw("承诺值遗失"), "承办人乙");
        matter = await office.RunAsync(matter, new DecideRedraw(true), "处长丙");
        Assert.Equal("underReview", matter.Stage);
    }
}
