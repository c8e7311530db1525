using System.Net;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class PipelineTests(AppFactory app) : IClassFixture<AppFactory>
{
    [Theory]
    [InlineData("/login", 200)]
    [InlineData("/", 302)]
    [InlineData("/desk", 302)]
    [InlineData("/healthz", 200)]
    [InlineData("/css/site.css", 200)]
    [InlineData("/js/app.js", 200)]
    [InlineData("/api/v1/nothing", 401)]
    public async Task Every_answer_carries_the_security_headers(string path, int status)
    {
        using var browser = app.Open();

        var answer = await browser.OpenAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        AssertSecure(answer);
    }

    [Fact]
    public async Task A_page_that_is_not_there_says_so_kindly_in_both_languages()
    {
        using var browser = await app.SignInAsync("wanderer", Role.CaseHandler);

        var answer = await browser.OpenAsync("/no/such/page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        AssertSecure(answer);
        var page = await Browser.DocumentAsync(answer);
        Assert.Equal("没有这个页面", page.QuerySelector("h1")?.TextContent);
        browser.Client.DefaultRequestHeaders.Add("Cookie", "lang=c%3Den%7Cuic%3Den");
        Assert.Equal("No such page", (await Browser.DocumentAsync(await browser.OpenAsync("/no/such/page"))).QuerySelector("h1")?.TextContent);
    }

    [Fact]
    public async Task Nothing_of_a_signed_in_page_may_be_stored()
    {
        using var browser = await app.SignInAsync("private", Role.CaseHandler);

        var answer = await browser.OpenAsync("/desk");

        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Contains("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_script_of_a_page_carries_the_nonce_of_its_answer_and_none_stands_inline()
    {
        using var browser = app.Open();
        var answer = await browser.OpenAsync("/login");
        var page = await Browser.DocumentAsync(answer);
        var nonces = page.QuerySelectorAll("script").Select(s => s.GetAttribute("nonce")).Distinct().ToList();

        var nonce = Assert.Single(nonces);
        Assert.Contains($"script-src 'nonce-{nonce}'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("script"), s => Assert.True(s.HasAttribute("src")));
        Assert.Empty(page.QuerySelectorAll("[style], style, [onclick], [onsubmit]"));
        Assert.NotEqual(nonce, (await Browser.DocumentAsync(await browser.OpenAsync("/login"))).QuerySelector("script")?.GetAttribute("nonce"));
    }

    [Fact]
    public async Task A_fault_shows_a_number_and_no_detail()
    {
        await using var broken = await AppFactory.StartAsync();
        using var browser = await broken.SignInAsync("unlucky", Role.CaseHandler);
        await using (var db = broken.Database()) await db.Database.ExecuteSqlAsync($"ALTER TABLE committees RENAME TO gone");

        var answer = await browser.OpenAsync("/desk");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        AssertSecure(answer);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("编号：", text, StringComparison.Ordinal);
        Assert.DoesNotContain("committees", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.Single(broken.Log.Value, l => l.Contains("no such table: committees", StringComparison.Ordinal) && l.Contains("unhandled exception", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_locked_database_is_told_as_nothing_saved()
    {
        var file = Path.Combine(Path.GetTempPath(), $"locked-{Guid.CreateVersion7():N}.db");
        await using (var app = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["Database:ConnectionString"] = $"Data Source={file};Default Timeout=1" }))
        {
            using var browser = await app.SignInAsync("waiting", Role.CaseHandler);
            await using var db = app.Database();
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlAsync($"BEGIN IMMEDIATE");

            var answer = await browser.SubmitAsync("/admin/tokens", new Dictionary<string, string> { ["Input.Name"] = "x", ["Input.Days"] = "1" });

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            AssertSecure(answer);
            Assert.Contains("没有保存任何内容", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await db.Database.ExecuteSqlAsync($"ROLLBACK");
            Assert.Equal(0, await db.ApiTokens.CountAsync());
        }

        foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(left);
    }

    [Fact]
    public async Task The_api_answers_strangers_with_a_problem_and_no_redirect()
    {
        using var browser = app.Open();

        var answer = await browser.OpenAsync("/api/v1/nothing");

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_stranger_cannot_say_where_a_request_comes_from()
    {
        using var browser = await app.SignInAsync("spoofed", Role.SystemAdministrator);
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-Host", "elsewhere.example");

        await browser.SubmitAsync("/admin/tokens", new Dictionary<string, string> { ["Input.Name"] = "origin", ["Input.Days"] = "1" });

        await using var db = app.Database();
        var row = await db.History.SingleAsync(h => h.ActorName == "spoofed");
        Assert.DoesNotContain("203.0.113.9", row.Origin, StringComparison.Ordinal);
        Assert.StartsWith("web ", row.Origin, StringComparison.Ordinal);
    }

    internal static void AssertSecure(HttpResponseMessage answer)
    {
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
        Assert.Contains("default-src 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.NotEmpty(Header("Cache-Control"));
        Assert.Empty(Header("Server"));
    }
}
