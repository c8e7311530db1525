using ExpertPanel.Server.Processes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

public sealed class WholeWayTests
{
    [Fact]
    public async Task A_matter_goes_the_whole_way_and_its_history_is_intact()
    {
        await using var panel = await TestPanel.CreateAsync();
        var matter = await Stage.ArchivedAsync(panel);

        Assert.Equal("archived", matter.Stage);
        Assert.Equal("620000-2014-0001", matter.Number);
        Assert.Equal("甘政法函〔2014〕1号", matter.Issue?.Number);
        await using var db = panel.Open();
        var report = await AuditCheck.RunAsync(db, CancellationToken.None);
        Assert.True(report.Intact, string.Join("; ", report.Faults));
        Assert.True(report.Rows > 20);
        Assert.Equal(3, await db.Letters.CountAsync(l => l.Kind == "consultation"));
        Assert.Equal(1, await db.Letters.CountAsync(l => l.Kind == "opinion-delivery"));
    }
}
