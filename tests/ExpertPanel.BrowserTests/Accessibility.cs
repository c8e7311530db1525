using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>axe finds no serious and no critical fault on the page.</summary>
public static class Accessibility
{
    public static async Task AssertAccessibleAsync(this IPage page, string name)
    {
        var result = await page.RunAxe();
        var faults = result.Violations.Where(v => v.Impact is "serious" or "critical")
            .SelectMany(v => v.Nodes.Select(n => $"{name}: {v.Id} ({v.Impact}): {v.Help}: {n.Html}")).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
