using System.Net;
using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>What holds for every page there is, also for one added tomorrow.</summary>
public sealed class RouteTests(AppFactory app) : IClassFixture<AppFactory>
{
    /// <summary>Pages for who has no session: the sign-in, and the experts' pages by token.</summary>
    private static readonly string[] Open = ["login", "login/totp", "logout", "language"];

    [Fact]
    public async Task Every_unsafe_request_to_a_page_is_refused_without_its_antiforgery_token()
    {
        using var browser = await app.SignInAsync("all-roles-post", [.. Enum.GetValues<Role>()]);
        var pages = Pages();
        Assert.Contains("admin/accounts/new", pages.Select(p => p.RoutePattern.RawText));

        foreach (var page in pages)
            foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete })
            {
                var answer = await browser.Client.SendAsync(new(method, Address(page)));
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{method} {Address(page)}: {(int)answer.StatusCode}");
                PipelineTests.AssertSecure(answer);
            }
    }

    [Fact]
    public async Task Every_page_but_the_open_ones_asks_a_stranger_to_sign_in()
    {
        using var browser = app.Open();

        foreach (var page in Pages().Where(p => !IsOpen(p)))
        {
            var answer = await browser.OpenAsync(Address(page));
            Assert.True(answer.Headers.Location?.OriginalString.Contains("/login?returnUrl=", StringComparison.Ordinal) == true, $"{Address(page)}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Reading_any_page_changes_nothing()
    {
        using var browser = await app.SignInAsync("all-roles-get", [.. Enum.GetValues<Role>()]);
        await browser.OpenAsync("/desk");
        var before = Fingerprint();

        foreach (var page in Pages())
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                var answer = await browser.Client.SendAsync(new(method, Address(page)));
                Assert.True((int)answer.StatusCode < 500, $"{method} {Address(page)}: {(int)answer.StatusCode}");
                PipelineTests.AssertSecure(answer);
            }

        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task A_page_of_another_office_s_account_looks_like_one_that_is_not_there()
    {
        using var browser = await app.SignInAsync("curious", Role.SystemAdministrator);
        var other = await app.AddCommitteeAsync("620100", "兰州市", "prefecture");
        var foreign = await app.AddAccountAsync("foreign", [Role.CaseHandler], u => u.TenantId = other);

        var theirs = await browser.OpenAsync($"/admin/accounts/{foreign.Id}");
        var nobodys = await browser.OpenAsync($"/admin/accounts/{Guid.CreateVersion7()}");

        Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
        Assert.Equal(await nobodys.Content.ReadAsStringAsync(), await theirs.Content.ReadAsStringAsync());
        Assert.DoesNotContain("foreign", (await browser.ReadAsync("/admin/accounts")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/accounts", Role.CaseHandler, 403)]
    [InlineData("/admin/accounts", Role.Leader, 403)]
    [InlineData("/admin/accounts", Role.AuditAdministrator, 200)]
    [InlineData("/admin/accounts", Role.SecurityAdministrator, 200)]
    [InlineData("/admin/accounts/new", Role.SecurityAdministrator, 403)]
    [InlineData("/admin/accounts/new", Role.SystemAdministrator, 200)]
    [InlineData("/admin/delegations", Role.Leader, 200)]
    [InlineData("/admin/tokens", Role.CaseHandler, 200)]
    [InlineData("/admin/tokens", Role.Sponsor, 403)]
    [InlineData("/settings", Role.CaseHandler, 200)]
    [InlineData("/settings", Role.Sponsor, 403)]
    [InlineData("/settings/edit", Role.CaseHandler, 403)]
    [InlineData("/settings/edit", Role.DivisionHead, 200)]
    [InlineData("/desk", Role.Sponsor, 200)]
    public async Task A_folder_opens_to_its_roles(string path, Role role, int status)
    {
        using var browser = await app.SignInAsync($"{role}{path.Replace('/', '-')}", role);

        var answer = await browser.OpenAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 403) Assert.Equal("无权访问", (await Browser.DocumentAsync(answer)).QuerySelector("h1")?.TextContent);
    }

    private static bool IsOpen(RouteEndpoint page) =>
        Open.Contains(page.RoutePattern.RawText) || page.RoutePattern.RawText is { } path && (path.StartsWith("r/", StringComparison.Ordinal) || path is "c/{token}" or "invitation/{token}");

    private List<RouteEndpoint> Pages() =>
        [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)];

    private static string Address(RouteEndpoint page) => "/" + string.Join('/', page.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Part))));

    private static string Part(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => parameter.ParameterPolicies.Any(p => p.Content == "guid") ? Guid.CreateVersion7().ToString() : "1",
        _ => "",
    };

    /// <summary>Every row of every table.</summary>
    private string Fingerprint()
    {
        using var db = app.Database();
        using var connection = new SqliteConnection(db.Database.GetConnectionString());
        connection.Open();
        var text = new StringBuilder();
        foreach (var table in Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
            text.AppendJoin('\n', Read(connection, $"SELECT * FROM \"{table}\""));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Table names of our own schema.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())));
        return rows;
    }
}
