using System.Net;
using System.Text.Json;
using ExpertPanel.Tests.Server.Pages;
using ExpertPanel.Workflows;
using Xunit;

namespace ExpertPanel.Tests.Server.Api;

[Collection(nameof(OfficeCollection))]
public sealed class DrawExplanationApiTests(Office office)
{
    [Fact]
    public async Task The_explanation_covers_the_pool_and_its_chances_add_up_to_the_seats()
    {
        var matter = await office.ConsultingAsync();
        using var caller = await ApiCaller.OfAsync(office.App, "接口读者", [Role.CaseHandler]);

        var explained = await caller.GetAsync($"/matters/{matter.Number}/draw/explanation");

        Assert.Equal("expertpanel.draw-explanation/1", explained.GetProperty("schema").GetString());
        var draw = await caller.GetAsync($"/matters/{matter.Number}/draw");
        var experts = explained.GetProperty("experts").EnumerateArray().ToList();
        Assert.Equal(draw.GetProperty("input").GetProperty("pool").EnumerateArray().Select(Id), experts.Select(one => Id(one.GetProperty("explanation"))));
        Assert.Equal(3, experts.Sum(one => one.TryGetProperty("probability", out var chance) ? chance.GetDouble() : 0), 1e-6);
        Assert.Equal(
            draw.GetProperty("panel").EnumerateArray().Select(Id).Order(StringComparer.Ordinal),
            experts.Select(one => one.GetProperty("explanation")).Where(one => one.GetProperty("status").GetString() == "seated").Select(Id).Order(StringComparer.Ordinal));

        static string? Id(JsonElement one) => one.GetProperty("id").GetString();
    }

    [Fact]
    public async Task A_sponsor_and_an_undrawn_matter_get_the_answer_of_a_matter_that_never_was()
    {
        var drawn = await office.ConsultingAsync();
        var undrawn = await office.DrawingAsync();
        using var sponsor = await ApiCaller.OfAsync(office.App, "接口送审", [Role.Sponsor], user => user.SponsoringUnit = Stage.Registration().SponsoringUnit);
        using var handler = await ApiCaller.OfAsync(office.App, "接口承办", [Role.CaseHandler]);

        await ApiCaller.ProblemAsync(await sponsor.Client.GetAsync($"{ApiCaller.Root}/matters/{drawn.Number}/draw/explanation"), HttpStatusCode.NotFound);
        await ApiCaller.ProblemAsync(await handler.Client.GetAsync($"{ApiCaller.Root}/matters/{undrawn.Number}/draw/explanation"), HttpStatusCode.NotFound);
        await ApiCaller.ProblemAsync(await handler.Client.GetAsync($"{ApiCaller.Root}/matters/620000-1999-0001/draw/explanation"), HttpStatusCode.NotFound);
    }
}
