using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>Browser windows by person: who has signed in stays signed in until the journey ends.</summary>
public sealed class Desks(IBrowser browser, OfficeServer server, bool script) : IAsyncDisposable
{
    private readonly Dictionary<string, IPage> pages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> complaints = new();

    public bool Script => script;

    public OfficeServer Server => server;

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
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.Address, JavaScriptEnabled = script, Locale = "zh-CN", TimezoneId = "Asia/Shanghai", AcceptDownloads = true,
            ViewportSize = new() { Width = width, Height = height },
        });
        context.SetDefaultTimeout(30_000);
        var page = pages[name] = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") complaints.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Enqueue($"{page.Url}: {error}");
        return page;
    }

    /// <summary>Scripts that fail, styles the content policy refuses, files that are not there: the browser said nothing of the kind.</summary>
    public void AssertNoComplaints() => Assert.Empty(complaints);

    /// <summary>A full-page picture, and in a browser with script the check of what a reader with a disability would meet.</summary>
    public async Task LookAsync(IPage page, string name)
    {
        if (!script) return;
        await page.ScreenshotAsync(new() { Path = Repository.Screenshot(name), FullPage = true });
        await page.AssertAccessibleAsync(name);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in pages.Values) await page.Context.DisposeAsync();
    }
}
