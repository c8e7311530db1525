using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Workflows;
using Xunit;

namespace ExpertPanel.Tests.Server.Api;

/// <summary>Another program with somebody's bearer token.</summary>
public sealed class ApiCaller(HttpClient client, AppUser user) : IDisposable
{
    public const string Root = "/api/v1";

    public HttpClient Client { get; } = client;

    public AppUser User { get; } = user;

    /// <summary>Makes the account and a token for it.</summary>
    public static async Task<ApiCaller> OfAsync(AppFactory app, string name, IReadOnlyList<Role> roles, Action<AppUser>? edit = null, Action<ApiTokenRow>? token = null)
    {
        var user = await app.AddAccountAsync(name, roles, edit);
        var secret = "ep_" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        await using (var db = app.Database(user.TenantId))
        {
            var row = new ApiTokenRow
            {
                Id = Guid.CreateVersion7(), UserId = user.Id, Name = "test", TokenHash = ApiTokens.HashOf(secret), CreatedAt = DateTimeOffset.UnixEpoch, ExpiresAt = DateTimeOffset.MaxValue,
            };
            token?.Invoke(row);
            db.ApiTokens.Add(row);
            await db.SaveChangesAsync();
        }

        var client = app.Open().Client;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return new(client, user);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var answer = await Client.GetAsync(Root + path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body, string? key = null) => PostTextAsync(path, JsonSerializer.Serialize(body, MatterCommands.Json), key);

    public async Task<HttpResponseMessage> PostTextAsync(string path, string body, string? key = null, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Root + path) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await Client.SendAsync(request);
    }

    /// <summary>Runs a command that must be accepted; the answer's JSON.</summary>
    public async Task<JsonElement> MustAsync(string path, object body)
    {
        var answer = await PostAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<JsonElement> RunAsync(string number, string command, object? body = null) => MustAsync($"/matters/{number}/commands/{command}", body ?? new { });

    /// <summary>The answer as problem+json with this status.</summary>
    public static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public void Dispose() => Client.Dispose();
}

/// <summary>Bodies as another program would write them.</summary>
internal static class ApiBodies
{
    public static Dictionary<string, object?> Registration(string title = "关于示例供热项目特许经营的请示") => new()
    {
        ["title"] = title, ["type"] = "majorDecision", ["sponsoringUnit"] = "示例省环保厅", ["contactName"] = "联系人一", ["channel"] = "paper",
        ["receivedAt"] = "2014-09-26T09:00:00+08:00", ["secrecy"] = "open", ["mailAllowed"] = true, ["urgency"] = "normal", ["specialties"] = new[] { "administrative" },
    };
}
