using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Reply;

/// <summary>The real program with a matter whose experts were invited, read by a browser without script.</summary>
internal sealed class ReplySite : IAsyncDisposable
{
    public const string SecretTitle = "关于珊瑚鹦鹉热力公司特许经营的请示";

    private readonly string mails;

    private ReplySite(AppFactory app, TestPanel panel, Matter matter, string mails) => (App, Panel, Matter, this.mails) = (app, panel, matter, mails);

    public AppFactory App { get; }

    public TestPanel Panel { get; }

    public Matter Matter { get; private set; }

    public Invitation First => Matter.Panel!.Invitations[0];

    public Invitation Second => Matter.Panel!.Invitations[1];

    public static async Task<ReplySite> CreateAsync(string environment = "Development", int requestsPerMinute = 1_000_000, string scanner = "")
    {
        var clock = new FakeTimeProvider(TestPanel.Start);
        var mails = Directory.CreateTempSubdirectory("reply-site-").FullName;
        Directory.CreateDirectory(Path.Combine(mails, "out"));
        var app = await AppFactory.StartAsync(
            environment,
            new Dictionary<string, string> { ["Mail:Folder"] = mails, ["Screening:Scanner"] = scanner, ["RateLimits:ReplyPerMinute"] = requestsPerMinute.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            services => services.AddSingleton<TimeProvider>(clock));
        var panel = await TestPanel.OverAsync(app.Services, clock, app.TenantId);
        return new(app, panel, await Stage.ExpertConsultingAsync(panel, Stage.Registration(SecretTitle)), mails);
    }

    public string Link(Invitation? invitation = null) => "/r/" + Panel.Tokens.TokenOf(Panel.TenantId, (invitation ?? First).Id);

    public Browser Open() => App.Open();

    /// <summary>Opens the page and submits the form that posts to <paramref name="action"/>, with these fields over what it has.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(Browser browser, string page, string action, params (string Name, string Value)[] fields) =>
        await SubmitAsync(browser, await browser.ReadAsync(page), action, fields, []);

    public static async Task<HttpResponseMessage> SubmitAsync(
        Browser browser, IHtmlDocument page, string action, IReadOnlyList<(string Name, string Value)> fields, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        var form = page.QuerySelectorAll<IHtmlFormElement>("main form").FirstOrDefault(f => (f.GetAttribute("action") ?? "").EndsWith(action, StringComparison.Ordinal))
            ?? page.QuerySelectorAll<IHtmlButtonElement>("main button").First(b => (b.GetAttribute("formaction") ?? "").EndsWith(action, StringComparison.Ordinal)).Form!;
        var target = page.QuerySelectorAll<IHtmlButtonElement>("main button").Select(b => b.GetAttribute("formaction")).FirstOrDefault(a => a?.EndsWith(action, StringComparison.Ordinal) == true)
            ?? form.GetAttribute("action") ?? "";
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in Filled(form, fields)) body.Add(new StringContent(value), name);
        foreach (var (name, content) in files) body.Add(new ByteArrayContent(content), "Input.Files", name);
        return await browser.Client.PostAsync(target, body);
    }

    /// <summary>Asks for a code and gives the code that came by mail.</summary>
    public async Task<string> CodeAsync(Browser browser, Invitation? invitation = null)
    {
        var before = Codes().ToHashSet();
        var answer = await SubmitAsync(browser, Link(invitation), "/code");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return ReplyPanel.CodeIn(await MimeMessage.LoadAsync(Assert.Single(Codes(), f => !before.Contains(f))));
    }

    /// <summary>The code of the newest mail.</summary>
    public string NewestCode() => ReplyPanel.CodeIn(MimeMessage.Load(Codes().OrderBy(File.GetLastWriteTimeUtc).Last()));

    /// <summary>Through the code to the matter.</summary>
    public async Task<Browser> EnterAsync(Invitation? invitation = null)
    {
        var browser = Open();
        var code = await CodeAsync(browser, invitation);
        var entered = await SubmitAsync(browser, Link(invitation) + "/code", "/enter", ("Code", code));
        Assert.Equal(Link(invitation) + "/work", entered.Headers.Location?.ToString());
        return browser;
    }

    /// <summary>Inside, with the invitation accepted.</summary>
    public async Task<Browser> AcceptAsync(Invitation? invitation = null)
    {
        var browser = await EnterAsync(invitation);
        var accepted = await SubmitAsync(browser, Link(invitation) + "/work", "?handler=Accept", ("Answer.Pledge", "true"));
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        await ReloadAsync();
        return browser;
    }

    public async Task SubmitOpinionAsync(Browser browser, string text, OpinionStand stand = OpinionStand.Lawful)
    {
        Panel.Clock.Advance(TimeSpan.FromSeconds(1));
        var review = await SubmitAsync(browser, Link() + "/work?amend=true", "?handler=Review", ("Input.Stand", stand.ToString()), ("Input.Text", text));
        Assert.Equal(Link() + "/confirm", review.Headers.Location?.ToString());
        var confirmed = await SubmitAsync(browser, Link() + "/confirm", "/confirm");
        Assert.Equal(Link() + "/receipt", confirmed.Headers.Location?.ToString());
        await ReloadAsync();
    }

    public async Task ReloadAsync()
    {
        await using var db = Panel.Open();
        var state = await db.Matters.Where(m => m.Id == Matter.Id).Select(m => m.State).SingleAsync();
        Matter = System.Text.Json.JsonSerializer.Deserialize<Matter>(state, ExpertPanel.Workflows.MatterCommands.Json)!;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(mails, recursive: true);
    }

    private IEnumerable<string> Codes() => Directory.EnumerateFiles(Path.Combine(mails, "out"), "*.eml");

    private static IEnumerable<(string Name, string Value)> Filled(IHtmlFormElement form, IReadOnlyList<(string Name, string Value)> fields)
    {
        var own = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type != "file" && (i.Type is not ("checkbox" or "radio") || i.IsChecked)).Select(i => (i.Name, i.Value))
            .Concat(form.Elements.OfType<IHtmlTextAreaElement>().Select(t => (t.Name, t.Value)));
        foreach (var (name, value) in own)
            if (name is { Length: > 0 } && !fields.Any(f => f.Name == name)) yield return (name, value ?? "");
        foreach (var field in fields) yield return field;
    }
}
