using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ExpertPanel.Tests.House;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>How the page that checks a draw is given out; what it computes is tested in a browser.</summary>
public sealed partial class DrawCheckPageTests(AppFactory app) : IClassFixture<AppFactory>
{
    private const string Address = "/verify/draw.html";

    private static readonly string Page = Repository.Read("src/ExpertPanel.Server/wwwroot" + Address);

    [Fact]
    public async Task Anybody_may_have_the_page_under_a_policy_that_lets_its_own_script_run_and_nothing_else()
    {
        using var browser = app.Open();
        var answer = await browser.OpenAsync(Address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal($"default-src 'none'; script-src '{Hash(Script())}'; style-src '{Hash(Style())}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", policy);
        Assert.Equal(policy, PolicyInFile().Match(Page).Groups["policy"].Value + "; frame-ancestors 'none'");
        Assert.Null(answer.Content.Headers.ContentDisposition);
        Assert.Equal(Page, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Asked_to_the_page_is_given_out_as_a_file()
    {
        using var browser = app.Open();
        var answer = await browser.OpenAsync(Address + "?download");
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("verify-draw.html", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
    }

    [Fact]
    public void The_page_is_one_file_and_names_no_other()
    {
        Assert.DoesNotMatch(Elsewhere(), Page);
        Assert.Matches(Elsewhere(), "<script src=\"x.js\"></script>");
        Assert.Matches(Elsewhere(), "fetch(\"https://example.org\")");
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Script() => Assert.Single(ScriptElement().Matches(Page)).Groups["text"].Value;

    private static string Style() => Assert.Single(StyleElement().Matches(Page)).Groups["text"].Value;

    [GeneratedRegex("<script>(?<text>.*?)</script>", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScriptElement();

    [GeneratedRegex("<style>(?<text>.*?)</style>", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StyleElement();

    [GeneratedRegex("""http-equiv="Content-Security-Policy" content="(?<policy>[^"]*)">""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PolicyInFile();

    [GeneratedRegex(@"https?://|\bsrc=|@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|\bimport\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Elsewhere();
}
