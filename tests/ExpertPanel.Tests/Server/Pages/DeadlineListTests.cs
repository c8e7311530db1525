using AngleSharp.Dom;
using ExpertPanel.Server.Data;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

/// <summary>A list and the matter's own page show one light, whatever happened to the deadline before.</summary>
public sealed class DeadlineListTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new PanelClock(TestPanel.Start);

    private AppFactory app = null!; // Set before any test by InitializeAsync.
    private TestPanel panel = null!;
    private Actor handler = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppFactory.StartAsync(services: s => s.AddSingleton<TimeProvider>(clock));
        panel = await TestPanel.OverAsync(app.Services, clock, app.TenantId, experts: 20);
        var user = await app.AddAccountAsync("handler", [Role.CaseHandler], u => u.Division = "法制一处");
        handler = new(user.Id.ToString(), user.DisplayName, new HashSet<Role> { Role.CaseHandler }, "web test", user.Division);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task After_a_long_pause_the_lists_show_the_page_s_light_on_every_day()
    {
        var matter = await UnderReviewAsync();
        var seen = new List<DeadlineLight> { await SameLightAsync(matter) };
        clock.Advance(TimeSpan.FromDays(3));
        await panel.MustAsync(matter.Id, new SuspendMatter(SuspensionCause.AwaitingFacts, "等待环评结论", "环评批复送达"), People.Head);
        seen.Add(await SameLightAsync(matter));
        clock.Advance(TimeSpan.FromDays(40));
        seen.Add(await SameLightAsync(matter));
        await panel.MustAsync(matter.Id, new ResumeMatter("环评批复已送达"), People.Head);
        for (var day = 0; day < 15; day++)
        {
            seen.Add(await SameLightAsync(matter));
            clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([DeadlineLight.Green, DeadlineLight.Paused, DeadlineLight.Green, DeadlineLight.Yellow, DeadlineLight.Red], Changes(seen));
    }

    [Fact]
    public async Task A_pause_after_the_due_day_heals_nothing_in_a_list_either()
    {
        var matter = await UnderReviewAsync();
        clock.Advance(TimeSpan.FromDays(40));
        await panel.MustAsync(matter.Id, new SuspendMatter(SuspensionCause.AwaitingFacts, "等待环评结论", "环评批复送达"), People.Head);

        Assert.Equal(DeadlineLight.Red, await SameLightAsync(matter));
    }

    [Fact]
    public async Task A_calendar_that_moves_the_half_but_not_the_due_day_moves_the_light_in_the_lists_too()
    {
        var matter = await UnderReviewAsync();
        await using (var db = panel.Open())
        {
            // The first working day of the limit is lost, and another is won after the half.
            db.LocalDays.AddRange(new LocalDayRow { Date = new(2014, 9, 28), IsWorking = false, Name = "调休" }, new LocalDayRow { Date = new(2014, 10, 12), IsWorking = true, Name = "调休" });
            await db.SaveChangesAsync();
        }

        var (half, due) = (await HalfAsync(matter), matter.ReviewDeadline?.Due);
        clock.Advance(TimeSpan.FromMinutes(2)); // The calendar is asked for again after a minute.
        var after = await panel.MustAsync(matter.Id, new RecomputeDeadlines(), Actor.System("cli"));

        Assert.Equal(due, after.ReviewDeadline?.Due);
        Assert.True(await HalfAsync(matter) > half);
        for (var day = 0; day < 20; day++, clock.Advance(TimeSpan.FromDays(1))) await SameLightAsync(matter);
    }

    private async Task<Matter> UnderReviewAsync()
    {
        var matter = await panel.MustAsync(null, Stage.Registration(), People.Clerk);
        await panel.MustAsync(matter.Id, new StartPreCheck(), handler);
        await panel.MustAsync(matter.Id, new RecordPreCheck(true, true, true, true), handler);
        await panel.MustAsync(matter.Id, new AcceptMatter(), People.Head);
        return await panel.MustAsync(matter.Id, new AssignMatter(People.Leader.Person, "法制一处", handler.Person), People.Head);
    }

    private async Task<DateOnly?> HalfAsync(Matter matter)
    {
        await using var db = panel.Open();
        return await db.Matters.Where(m => m.Id == matter.Id).Select(m => m.ReviewHalfWay).SingleAsync();
    }

    /// <summary>The light of the matter's page, which ledger, desk and the ledger's filter must agree with.</summary>
    private async Task<DeadlineLight> SameLightAsync(Matter matter)
    {
        using var browser = app.Open();
        await browser.SignInAsync("handler", AppFactory.Password); // A session does not outlast the days between.
        var own = Lights(await browser.ReadAsync($"/matters/{matter.Number}"), "section[aria-labelledby=deadline-title]");
        var light = Enum.Parse<DeadlineLight>(own[0].Class, ignoreCase: true);

        Assert.Equal(own[0], Assert.Single(Lights(await browser.ReadAsync("/matters"), "table.ledger tbody")));
        Assert.Contains(Assert.Single(Lights(await browser.ReadAsync("/desk"), "tbody")), own);
        foreach (var asked in Enum.GetValues<DeadlineLight>())
            Assert.Equal(asked == light ? 1 : 0, Lights(await browser.ReadAsync($"/matters?Light={asked}"), "table.ledger tbody").Count);
        return light;
    }

    private static List<(string Class, string Text)> Lights(IParentNode page, string within) =>
        [.. page.QuerySelectorAll($"{within} .light").Select(l => (l.ClassList[^1], string.Join(' ', l.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))))];

    private static IEnumerable<DeadlineLight> Changes(List<DeadlineLight> seen) => seen.Where((light, index) => index == 0 || seen[index - 1] != light);
}
