using System.Net;
using ExpertPanel.Server.Hosting;
using ExpertPanel.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class ProductionTests
{
    [Fact]
    public async Task Production_makes_no_schema_by_itself_and_says_it_is_not_ready()
    {
        await using var app = await AppFactory.StartAsync("Production", migrate: false);
        using var browser = app.Open();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.OpenAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.OpenAsync("/login")).StatusCode);

        await app.Services.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);

        var ready = await browser.OpenAsync("/healthz");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Empty(await ready.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/login")).StatusCode);
    }

    [Fact]
    public async Task Cookies_are_bound_to_the_host_and_tls_and_the_browser_is_told_to_stay_with_tls()
    {
        await using var app = await AppFactory.StartAsync("Production");
        await app.AddAccountAsync("sponsor", [Role.Sponsor]);
        using var browser = app.Open();

        var answer = await browser.SubmitAsync("/login", new Dictionary<string, string> { ["Input.Name"] = "sponsor", ["Input.Password"] = AppFactory.Password });

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.Contains("session", StringComparison.Ordinal));
        Assert.StartsWith("__Host-expertpanel-session=", cookie, StringComparison.Ordinal);
        foreach (var attribute in new[] { "path=/", "secure", "samesite=lax", "httponly" }) Assert.Contains(attribute, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Theory]
    [InlineData("http://panel.example", "/login", 421)]
    [InlineData("http://panel.example", "/healthz", 200)]
    [InlineData("http://localhost:5080", "/login", 200)]
    [InlineData("http://127.0.0.1:5080", "/login", 200)]
    public async Task Without_tls_only_the_machine_itself_is_served_and_its_cookies_are_secure_too(string address, string path, int status)
    {
        await using var app = await AppFactory.StartAsync("Production");
        using var browser = app.Open(address);

        var answer = await browser.OpenAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        PipelineTests.AssertSecure(answer);
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)) Assert.All(cookies, c => Assert.Contains("; secure", c, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Staff_of_production_must_enrol_a_second_factor()
    {
        await using var app = await AppFactory.StartAsync("Production");
        await app.AddAccountAsync("staff", [Role.CaseHandler]);
        using var browser = app.Open();
        await browser.SignInAsync("staff", AppFactory.Password);

        Assert.Equal("/account/totp", (await browser.OpenAsync("/desk")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_second_factor_cannot_be_switched_off_in_production()
    {
        var start = () => AppFactory.StartAsync("Production", new Dictionary<string, string> { ["Accounts:SecondFactor"] = "false" });

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(start);

        Assert.Contains("Accounts:SecondFactor", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_production_has_no_account()
    {
        await using var app = await AppFactory.StartAsync("Production");
        await using var db = app.Database();

        Assert.Empty(db.Users);
    }
}
