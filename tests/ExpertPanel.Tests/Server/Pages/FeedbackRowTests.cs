using System.Net;
using System.Text.Json;
using ExpertPanel.Tests.Server.Api;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Reviews;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

/// <summary>采纳反馈, item by item: optional, so an empty row says nothing; a row begun is asked for the rest, at its field.</summary>
[Collection(nameof(OfficeCollection))]
public sealed class FeedbackRowTests(Office office)
{
    [Fact]
    public async Task On_the_page_rows_left_as_they_were_are_ignored()
    {
        var matter = await office.AwaitingFeedbackAsync();

        var answer = await office.Of("送审人").SendAsync(PathOf(matter), "recordFeedback", ("Overall", "Adopted"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var feedback = await FeedbackAsync(matter);
        Assert.Equal(AdoptionKind.Adopted, feedback?.Overall);
        Assert.Empty(feedback?.Items ?? []);
    }

    [Theory]
    [InlineData("Suggestion", "另一建议", "Adopted")]
    [InlineData("Adopted", "Adopted", "Suggestion")]
    [InlineData("Reason", "因故", "Adopted")]
    public async Task On_the_page_a_row_partly_filled_in_is_asked_for_the_rest(string given, string value, string asked)
    {
        var matter = await office.AwaitingFeedbackAsync();

        var page = await Browser.DocumentAsync(await office.Of("送审人").SendAsync(PathOf(matter), "recordFeedback", ("Overall", "Adopted"), ($"Items[2].{given}", value)));

        Assert.Contains("请填写", page.ErrorAt($"f-Items-0-{asked}"), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"[name='Items[0].{given}']"));
        Assert.Null(await FeedbackAsync(matter));
    }

    [Fact]
    public async Task On_the_page_an_answered_row_is_recorded_and_the_unanswered_are_not()
    {
        var matter = await office.AwaitingFeedbackAsync();

        var answer = await office.Of("送审人").SendAsync(PathOf(matter), "recordFeedback", ("Overall", "Adopted"), ("Items[4].Suggestion", "另一建议"), ("Items[4].Adopted", "Adopted"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(("另一建议", AdoptionKind.Adopted), Assert.Single((await FeedbackAsync(matter))?.Items ?? []) is var item ? (item.Suggestion, item.Adopted) : default);
    }

    [Fact]
    public async Task By_the_API_empty_rows_are_ignored()
    {
        var matter = await office.AwaitingFeedbackAsync();
        using var sponsor = await SponsorAsync();

        await sponsor.RunAsync(matter.Number, "recordFeedback", new
        {
            overall = "adopted",
            items = new object[] { new { }, new { suggestion = " ", adopted = (string?)null, reason = "" }, new { suggestion = "明确退出机制", adopted = "adopted" } },
        });

        Assert.Equal("明确退出机制", Assert.Single((await FeedbackAsync(matter))?.Items ?? []).Suggestion);
    }

    [Theory]
    [InlineData("""{ "suggestion": "明确退出机制" }""", "items[1].adopted")]
    [InlineData("""{ "suggestion": "明确退出机制", "adopted": "" }""", "items[1].adopted")]
    [InlineData("""{ "adopted": "adopted" }""", "items[1].suggestion")]
    [InlineData("""{ "reason": "因故" }""", "items[1].adopted,items[1].suggestion")]
    public async Task By_the_API_a_row_partly_filled_in_is_a_slip_at_its_field(string row, string fields)
    {
        var matter = await office.AwaitingFeedbackAsync();
        using var sponsor = await SponsorAsync();

        var answer = await sponsor.PostTextAsync($"/matters/{matter.Number}/commands/recordFeedback", $$"""{ "overall": "adopted", "items": [ {}, {{row}} ] }""");

        var problem = await ApiCaller.ProblemAsync(answer, HttpStatusCode.BadRequest);
        Assert.Equal(fields, string.Join(',', problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal)));
        Assert.Null(await FeedbackAsync(matter));
    }

    private static string PathOf(Matter matter) => $"/matters/{matter.Number}/do/recordFeedback";

    private Task<ApiCaller> SponsorAsync() =>
        ApiCaller.OfAsync(office.App, $"sponsor{Guid.CreateVersion7():N}", [Role.Sponsor], user => user.SponsoringUnit = Stage.Registration().SponsoringUnit);

    private async Task<AdoptionFeedback?> FeedbackAsync(Matter matter)
    {
        await using var db = office.App.Database();
        var json = await db.Matters.Where(m => m.Id == matter.Id).Select(m => m.State).SingleAsync();
        return JsonSerializer.Deserialize<Matter>(json, MatterCommands.Json)?.Feedback;
    }
}
