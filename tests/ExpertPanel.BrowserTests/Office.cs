using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>One program and one browser for the tests that share them. Without a browser the tests are skipped, or fail where CI=true says there must be one.</summary>
public abstract class Office<TServer>(Func<Task<TServer>> start) : IAsyncLifetime where TServer : class, IOfficeServer
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>No traffic of the browser's own, and no sandbox, which a container does not allow.</summary>
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;
    private TServer? server;

    public TServer Server => server ?? throw new InvalidOperationException("The office is not open.");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        // The package brings a Node of its own; the machine's will do where it was left out.
        if (!Directory.Exists(Path.Combine(AppContext.BaseDirectory, ".playwright", "node")))
            Environment.SetEnvironmentVariable("PLAYWRIGHT_NODEJS_PATH", "/usr/bin/node");
        server = await start();
        Assertions.SetDefaultExpectTimeout(30_000); // A busy machine is no fault of the pages.
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
    }

    /// <summary>The people of one journey, each in front of a browser window of their own.</summary>
    public Desks Open(bool script)
    {
        if (browser is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"There is no browser at {Chromium}.");
            Assert.Skip($"There is no browser at {Chromium}; install chromium and fonts-noto-cjk.");
        }

        return new(browser, Server, script);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (server is not null) await server.DisposeAsync();
    }
}

/// <summary>The built program in a process of its own.</summary>
public sealed class Office() : Office<OfficeServer>(OfficeServer.StartAsync);

/// <summary>The program with a clock that can be set forward, shared by every class of the collection.</summary>
public sealed class ClockedOffice() : Office<ClockedServer>(ClockedServer.StartAsync);

[CollectionDefinition(Name)]
public sealed class ClockedOfficeTests : ICollectionFixture<ClockedOffice>
{
    public const string Name = "one office with a clock that can be set forward";
}
