using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Api;

public sealed class ApiCommandTests(AppFactory app) : IClassFixture<AppFactory>, IAsyncLifetime
{
    private ApiCaller clerk = null!;
    private ApiCaller handler = null!;

    public async ValueTask InitializeAsync()
    {
        var mark = Guid.CreateVersion7().ToString("N");
        clerk = await ApiCaller.OfAsync(app, "clerk" + mark, [Role.RegistryClerk]);
        handler = await ApiCaller.OfAsync(app, "handler" + mark, [Role.CaseHandler, Role.DivisionHead], user => user.Division = "法制一处");
    }

    public ValueTask DisposeAsync()
    {
        clerk.Dispose();
        handler.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Registering_gives_a_number_and_the_address_of_the_matter()
    {
        var answer = await clerk.PostAsync("/matters", ApiBodies.Registration());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var done = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"/api/v1/matters/{done.GetProperty("number").GetString()}", answer.Headers.Location?.ToString());
        Assert.Equal(["matterRegistered", "stageEntered", "stageDeadlineSet"], done.GetProperty("facts").EnumerateArray().Select(f => f.GetString()));
    }

    [Fact]
    public async Task Every_slip_is_told_at_its_field()
    {
        var body = ApiBodies.Registration();
        body.Remove("title");
        body.Remove("mailAllowed");
        body["type"] = "nonsense";
        body["contactEmail"] = "not an address";
        body["receivedAt"] = "2014-09-26T09:00:00";
        body["plannedMeetingOn"] = "2014-13-01";
        body["specialties"] = new[] { "administrative", "alchemy" };
        body["parties"] = new object?[] { "示例公司", null };
        body["people"] = "not a list";

        var problem = await ApiCaller.ProblemAsync(await clerk.PostAsync("/matters", body), HttpStatusCode.BadRequest);

        Assert.Equal(
            ["contactEmail", "mailAllowed", "parties[1]", "people", "plannedMeetingOn", "receivedAt", "specialties[1]", "title", "type"],
            problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.Equal("请填写“标题”。", problem.GetProperty("errors").GetProperty("title")[0].GetString());
    }

    [Theory]
    [InlineData("{\"title\":")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"title\":\"a\",\"title\":\"b\"}")]
    [InlineData("{\"title\":\"\\uD800\"}")]
    [InlineData("{\"title\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}}}}}}}}}")]
    public async Task A_body_that_is_no_sound_JSON_object_is_a_problem(string body) =>
        await ApiCaller.ProblemAsync(await clerk.PostTextAsync("/matters", body), HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_body_that_is_too_large_or_of_another_kind_is_a_problem()
    {
        var large = ApiBodies.Registration(new string('长', 600_000));

        await ApiCaller.ProblemAsync(await clerk.PostAsync("/matters", large), HttpStatusCode.RequestEntityTooLarge);
        await ApiCaller.ProblemAsync(await clerk.PostTextAsync("/matters", "title=a", mediaType: "application/x-www-form-urlencoded"), HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Unknown_fields_are_ignored_and_control_characters_never_stored()
    {
        var body = ApiBodies.Registration("示例\u0000标题\u0007");
        body["somethingElse"] = new { deep = 1 };

        var number = (await clerk.MustAsync("/matters", body)).GetProperty("number").GetString();

        Assert.Equal("示例标题", (await clerk.GetAsync($"/matters/{number}")).GetProperty("matter").GetProperty("submission").GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_same_key_registers_once_and_tells_the_same_number()
    {
        var first = await (await clerk.PostAsync("/matters", ApiBodies.Registration("示例一键一件"), "key-1")).Content.ReadFromJsonAsync<JsonElement>();
        var again = await clerk.PostAsync("/matters", ApiBodies.Registration("示例一键一件"), "key-1");
        var second = await again.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(first.GetProperty("number").GetString(), second.GetProperty("number").GetString());
        Assert.True(second.GetProperty("repeated").GetBoolean());
        await using var db = app.Database();
        Assert.Equal(1, await db.Matters.CountAsync(m => m.Title == "示例一键一件"));
    }

    [Fact]
    public async Task Eight_callers_with_one_key_register_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => clerk.PostAsync("/matters", ApiBodies.Registration("示例八人同键"), "eight")));

        Assert.All(answers, a => Assert.True(a.IsSuccessStatusCode, $"{(int)a.StatusCode}"));
        await using var db = app.Database();
        Assert.Equal(1, await db.Matters.CountAsync(m => m.Title == "示例八人同键"));
    }

    [Fact]
    public async Task A_key_belongs_to_one_command_of_one_matter_and_to_one_person()
    {
        var number = (await clerk.MustAsync("/matters", ApiBodies.Registration())).GetProperty("number").GetString();
        Assert.Equal(HttpStatusCode.OK, (await handler.PostAsync($"/matters/{number}/commands/startPreCheck", new { }, "mine")).StatusCode);

        var other = await handler.PostAsync($"/matters/{number}/commands/recordPreCheck", PreCheck, "mine");
        var theirs = await clerk.PostAsync("/matters", ApiBodies.Registration(), "mine");

        Assert.Equal("idempotency.key-reused", (await ApiCaller.ProblemAsync(other, HttpStatusCode.UnprocessableEntity)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Created, theirs.StatusCode);
        await ApiCaller.ProblemAsync(await clerk.PostAsync("/matters", ApiBodies.Registration(), new string('k', 101)), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Asked_twice_is_done_once_and_no_error()
    {
        var number = (await clerk.MustAsync("/matters", ApiBodies.Registration())).GetProperty("number").GetString() ?? "";
        await handler.RunAsync(number, "startPreCheck");

        var again = await handler.RunAsync(number, "startPreCheck");

        Assert.Empty(again.GetProperty("facts").EnumerateArray());
        Assert.Equal("preCheck", again.GetProperty("stage").GetString());
    }

    [Fact]
    public async Task The_rules_no_has_its_code_and_its_status()
    {
        var number = (await clerk.MustAsync("/matters", ApiBodies.Registration())).GetProperty("number").GetString();

        var notHere = await handler.PostAsync($"/matters/{number}/commands/acceptMatter", new { });
        var role = await clerk.PostAsync($"/matters/{number}/commands/startPreCheck", new { });
        var field = await clerk.PostAsync("/matters", ApiBodies.Registration("机密★10年示例"));
        var linked = ApiBodies.Registration();
        linked["linkedNumber"] = "620000-1999-0001";

        Assert.Equal("stage.not-here", (await ApiCaller.ProblemAsync(notHere, HttpStatusCode.Conflict)).GetProperty("code").GetString());
        Assert.Equal("role.missing", (await ApiCaller.ProblemAsync(role, HttpStatusCode.Forbidden)).GetProperty("code").GetString());
        var secret = await ApiCaller.ProblemAsync(field, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("matter.state-secret", "title"), (secret.GetProperty("code").GetString(), secret.GetProperty("field").GetString()));
        await ApiCaller.ProblemAsync(await clerk.PostAsync("/matters", linked), HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_person_is_named_by_id_and_gets_the_name_of_the_account()
    {
        using var leader = await ApiCaller.OfAsync(app, "主任" + Guid.CreateVersion7().ToString("N"), [Role.Leader]);
        var number = (await clerk.MustAsync("/matters", ApiBodies.Registration())).GetProperty("number").GetString() ?? "";
        await handler.RunAsync(number, "startPreCheck");
        await handler.RunAsync(number, "recordPreCheck", PreCheck);
        await handler.RunAsync(number, "acceptMatter");

        var stranger = await handler.PostAsync($"/matters/{number}/commands/assignMatter", new { leader = new { id = "nobody" }, division = "无此处", handler = new { handler.User.Id } });
        var errors = (await ApiCaller.ProblemAsync(stranger, HttpStatusCode.BadRequest)).GetProperty("errors");
        await handler.RunAsync(number, "assignMatter", new { leader = new { leader.User.Id, name = "冒名" }, division = "法制一处", handler = new { handler.User.Id } });

        Assert.Equal(["division", "leader"], errors.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        var responsible = (await handler.GetAsync($"/matters/{number}")).GetProperty("matter").GetProperty("responsibility");
        Assert.Equal(leader.User.DisplayName, responsible.GetProperty("leader").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("lapseInvitation")]
    [InlineData("warnDeadline")]
    [InlineData("attachFile")]
    [InlineData("nonsense")]
    public async Task What_only_timers_ask_is_not_offered(string command)
    {
        var number = (await clerk.MustAsync("/matters", ApiBodies.Registration())).GetProperty("number").GetString();

        await ApiCaller.ProblemAsync(await handler.PostAsync($"/matters/{number}/commands/{command}", new { }), HttpStatusCode.NotFound);
    }

    internal static object PreCheck { get; } = new { withinCompetence = true, routedProperly = true, formatComplete = true, affectedUnitsCosigned = true };
}
