using System.Net;
using ExpertPanel.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class SessionTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private AppFactory app = null!; // Set before any test by InitializeAsync.

    public async ValueTask InitializeAsync() => app = await AppFactory.StartAsync(services: s => s.AddSingleton<TimeProvider>(clock));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task An_idle_hour_ends_the_session()
    {
        using var browser = await app.SignInAsync("idle", Role.CaseHandler);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/desk")).StatusCode);

        clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync("/desk")).StatusCode);
    }

    [Fact]
    public async Task Half_a_day_ends_the_busiest_session()
    {
        using var browser = await app.SignInAsync("busy", Role.CaseHandler);
        for (var i = 0; i < 23; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(31));
            Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/desk")).StatusCode);
        }

        clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync("/desk")).StatusCode);
    }

    [Fact]
    public async Task Signing_in_again_gives_another_cookie()
    {
        await app.AddAccountAsync("fixed", [Role.CaseHandler]);
        using var browser = app.Open();

        var cookies = new[] { await CookieAsync(browser), await CookieAsync(app.Open()) };

        Assert.Equal(2, cookies.Distinct().Count());
    }

    private static async Task<string> CookieAsync(Browser browser)
    {
        var answer = await browser.SubmitAsync("/login", new Dictionary<string, string> { ["Input.Name"] = "fixed", ["Input.Password"] = AppFactory.Password });
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("expertpanel-session=", StringComparison.Ordinal));
    }
}
