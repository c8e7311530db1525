using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>Browser windows by person: who has signed in stays signed in until the journey ends.</summary>
public sealed class Desks(IBrowser browser, IOfficeServer server, bool script) : IAsyncDisposable
{
    /// <summary>Each picture is taken once a run, whoever comes by first.</summary>
    private static readonly ConcurrentDictionary<string, bool> Looked = new(StringComparer.Ordinal);

    private readonly Dictionary<string, IPage> pages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentDictionary<IPage, bool> examined = new();

    public bool Script => script;

    public IOfficeServer Server => server;

    /// <summary>The window of a person of the office, signed in.</summary>
    public async Task<IPage> OfAsync(string name)
    {
        if (pages.TryGetValue(name, out var known)) return known;
        var page = await StrangerAsync(name);
        await page.SignInAsync(name, server.Password);
        return page;
    }

    /// <summary>A window of somebody who has not signed in, such as an expert on a telephone.</summary>
    public async Task<IPage> StrangerAsync(string name, int width = 1280, int height = 800)
    {
        if (pages.Remove(name, out var before)) await before.Context.DisposeAsync();
        var context = await ContextAsync(script, width, height);
        var page = pages[name] = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsAnswer(message.Text) && !examined.ContainsKey(page)) complaints.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Enqueue($"{page.Url}: {error}");
        return page;
    }

    /// <summary>Another window of the same person, as a second tab.</summary>
    public static async Task<IPage> SecondTabAsync(IPage page) => await page.Context.NewPageAsync();

    /// <summary>A window in which none of the pages' scripts arrives: the page is what it is without script, and the examiner's own script can run.</summary>
    public async Task<IPage> BareAsync(string name)
    {
        var context = await ContextAsync(scripts: true, 1280, 800);
        await context.RouteAsync("**/*.js*", route => route.AbortAsync());
        return pages[name + " without script"] = await context.NewPageAsync();
    }

    /// <summary>Everybody closes their windows, as at the end of a day.</summary>
    public async Task GoHomeAsync()
    {
        foreach (var page in pages.Values) await page.Context.DisposeAsync();
        pages.Clear();
    }

    /// <summary>Scripts that fail, styles the content policy refuses, files that are not there: the browser said nothing of the kind.</summary>
    public void AssertNoComplaints() => Assert.Empty(complaints);

    /// <summary>A full-page picture, and in a browser with script the check of what a reader with a disability would meet.</summary>
    public async Task LookAsync(IPage page, string name)
    {
        if (!script || !Looked.TryAdd(name, value: true)) return;
        await PictureAsync(page, name);
        await ExamineAsync(page, name);
    }

    /// <summary>axe finds no fault on the page.</summary>
    public Task ExamineAsync(IPage page, string name) => ExamineAsync(page, () => page.AssertAccessibleAsync(name));

    public Task PictureAsync(IPage page, string name) =>
        ExamineAsync(page, () => page.ScreenshotAsync(new() { Path = Repository.Screenshot(name), FullPage = true }));

    public async ValueTask DisposeAsync() => await GoHomeAsync();

    private async Task<IBrowserContext> ContextAsync(bool scripts, int width, int height)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.Address, JavaScriptEnabled = scripts, Locale = "zh-CN", TimezoneId = "Asia/Shanghai", AcceptDownloads = true,
            ViewportSize = new() { Width = width, Height = height },
        });
        context.SetDefaultTimeout(30_000);
        return context;
    }

    /// <summary>The examiner's own styles are none of the page's, and the content policy refuses them.</summary>
    private async Task ExamineAsync(IPage page, Func<Task> examine)
    {
        examined[page] = true;
        await examine();
        await page.EvaluateAsync("0"); // Whatever the browser had to say about it came before this answer.
        examined.TryRemove(page, out _);
    }

    /// <summary>A page that was refused is an answer, not a fault of the page.</summary>
    private static bool IsAnswer(string text) => text.Contains("status of 40", StringComparison.Ordinal);
}
