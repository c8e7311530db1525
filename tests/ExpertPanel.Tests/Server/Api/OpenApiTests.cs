using System.Net.Http.Json;
using System.Text.Json;
using ExpertPanel.Server.Api;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Reviews;
using Xunit;

namespace ExpertPanel.Tests.Server.Api;

public sealed class OpenApiTests(AppFactory app) : IClassFixture<AppFactory>
{
    [Fact]
    public async Task Every_command_that_a_person_may_run_has_its_address_and_its_schema()
    {
        var document = await ReadAsync();
        var paths = document.GetProperty("paths");
        var offered = MatterCommands.Commands.Keys.Where(CommandsApi.IsOffered).ToList();

        Assert.True(offered.Count > 40, $"{offered.Count}");
        foreach (var command in offered)
        {
            var schema = Schema(paths, $"/api/v1/matters/{{number}}/commands/{command}");
            Assert.Equal(CommandField.Of(MatterCommands.Commands[command]).Select(f => Camel(f.Name)).Except(Names(schema)), []);
        }

        Assert.Equal(
            [typeof(AttachFile), typeof(RegisterCorrection), typeof(RegisterMatter)],
            MatterCommands.Commands.Values.Where(t => !CommandsApi.IsOffered(MatterCommands.NameOf(t)) && !t.Name.StartsWith("Lapse", StringComparison.Ordinal) && t != typeof(WarnDeadline))
                .OrderBy(t => t.Name, StringComparer.Ordinal));
        Assert.Contains("title", Names(Schema(paths, "/api/v1/matters")));
    }

    [Fact]
    public async Task A_schema_says_what_is_required_how_long_and_which_choices()
    {
        var schema = Schema((await ReadAsync()).GetProperty("paths"), "/api/v1/matters");
        var title = schema.GetProperty("properties").GetProperty("title");

        Assert.Equal(300, title.GetProperty("maxLength").GetInt32());
        Assert.StartsWith("标题", title.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Contains("majorDecision", schema.GetProperty("properties").GetProperty("type").GetProperty("enum").EnumerateArray().Select(e => e.GetString()));
        var required = schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()).ToList();
        Assert.Contains("title", required);
        Assert.DoesNotContain("letterNumber", required);
    }

    [Fact]
    public async Task What_the_program_fills_in_itself_can_not_be_sent()
    {
        var schema = Schema((await ReadAsync()).GetProperty("paths"), "/api/v1/matters/{number}/commands/submitOpinion");

        Assert.DoesNotContain("files", Names(schema));
        Assert.DoesNotContain("evidence", Names(schema));
        Assert.Contains("invitationId", Names(schema));
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_the_document_wants_a_token()
    {
        var document = await ReadAsync();
        var names = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value.GetProperty("operationId").GetString()).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString());
        Assert.NotEmpty(document.GetProperty("security").EnumerateArray());
        Assert.All(document.GetProperty("paths").EnumerateObject(), p => Assert.StartsWith("/api/v1/", p.Name, StringComparison.Ordinal));
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var browser = app.Open();
        return await browser.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
    }

    private static JsonElement Schema(JsonElement paths, string path) =>
        paths.GetProperty(path).GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");

    private static List<string> Names(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(p => p.Name)] : [];

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
