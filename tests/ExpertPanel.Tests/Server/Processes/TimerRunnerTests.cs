using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

public sealed class TimerRunnerTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    [Theory, MemberData(nameof(Both))]
    public async Task Experts_who_never_answer_are_reminded_lapsed_and_replaced_until_the_round_is_over(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on, experts: 30);
        var matter = await Stage.ExpertConsultingAsync(panel);
        await panel.PassAsync(TimeSpan.FromDays(90));

        var row = await RowAsync(panel, matter.Id);
        Assert.Equal("insufficient", row.Stage);
        await using var db = panel.Open();
        Assert.True(await db.Invitations.CountAsync() > 6);
        Assert.Equal(0, await db.Invitations.CountAsync(i => i.State == nameof(InvitationState.Invited)));
        Assert.Equal(0, await db.Timers.CountAsync(t => t.FiredAt == null));
        Assert.Equal(0, await db.Timers.CountAsync(t => t.FiredAt < t.DueAt));
        Assert.Equal(["acted", "nothing"], await db.Timers.Select(t => t.Outcome).Distinct().OrderBy(o => o).ToListAsync());
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_question_fires_at_its_moment_and_once(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.PreCheckAsync(panel);
        await panel.MustAsync(matter.Id, new RequestSupplement(["依据目录"]), People.Handler);
        panel.Clock.SetUtcNow(new(2014, 10, 15, 15, 59, 59, TimeSpan.Zero));
        await panel.Timers.FireDueAsync(100, CancellationToken.None);
        Assert.Equal("awaitingSupplement", (await RowAsync(panel, matter.Id)).Stage);
        panel.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await panel.Timers.FireDueAsync(100, CancellationToken.None));
        Assert.Equal("withdrawn", (await RowAsync(panel, matter.Id)).Stage);
        Assert.Equal(0, await panel.Timers.FireDueAsync(100, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_question_to_a_suspended_matter_is_put_again_the_next_day(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.ExpertConsultingAsync(panel);
        await panel.MustAsync(matter.Id, new SuspendMatter(SuspensionCause.AwaitingFacts, "等待", "送达"), People.Head);
        await panel.PassAsync(TimeSpan.FromDays(20));

        await using (var db = panel.Open())
        {
            Assert.Equal(3, await db.Invitations.CountAsync(i => i.State == nameof(InvitationState.Invited)));
            Assert.NotEqual(0, await db.Timers.CountAsync(t => t.FiredAt == null));
        }

        await panel.MustAsync(matter.Id, new ResumeMatter("已送达"), People.Head);
        await panel.PassAsync(TimeSpan.FromDays(6));
        await using var after = panel.Open();
        Assert.NotEqual(0, await after.Invitations.CountAsync(i => i.State == nameof(InvitationState.Lapsed)));
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_timer_causes_carries_its_key_and_its_mark_in_one_transaction(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await Stage.ExpertConsultingAsync(panel);
        panel.Clock.SetUtcNow(new(2014, 9, 29, 2, 0, 0, TimeSpan.Zero));
        await panel.Timers.FireDueAsync(100, CancellationToken.None);

        await using var db = panel.Open();
        var acted = await db.Timers.Where(t => t.Outcome == "acted").Select(t => t.Id).ToListAsync();
        var keys = await db.History.Where(h => h.Origin == "timer").Select(h => h.IdempotencyKey).ToListAsync();
        Assert.Equal(acted.Select(id => $"timer:{id:N}").Order(), keys.Order());
        Assert.All(await db.History.Where(h => h.Origin == "timer").Select(h => h.ActorId).ToListAsync(), actor => Assert.Equal("system", actor));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_calendar_that_changes_recomputes_the_limit_and_keeps_the_old_day(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.UnderReviewAsync(panel);
        Assert.Equal(new DateOnly(2014, 10, 15), matter.ReviewDeadline?.Due);
        await using (var db = panel.Open())
        {
            db.LocalDays.AddRange(
                new LocalDayRow { Date = new(2014, 10, 13), IsWorking = false, Name = "州庆" },
                new LocalDayRow { Date = new(2014, 10, 14), IsWorking = false, Name = "州庆" });
            await db.SaveChangesAsync();
        }

        panel.Get<CommitteeSettings>().Forget(panel.TenantId);
        var after = await panel.MustAsync(matter.Id, new RecomputeDeadlines(), Actor.System("cli"));

        Assert.Equal(new DateOnly(2014, 10, 17), after.ReviewDeadline?.Due);
        var old = Assert.Single(after.ReviewDeadline?.History ?? []);
        Assert.Equal((new DateOnly(2014, 10, 15), matter.ReviewDeadline?.CalendarVersion), (old.OldDue, old.CalendarVersion));
        Assert.Equal(new DateOnly(2014, 10, 17), (await RowAsync(panel, matter.Id)).ReviewDue);
        // The old day's questions find that it moved; only the new day's act.
        await panel.PassAsync(TimeSpan.FromDays(60));
        await using var reading = panel.Open();
        Assert.Equal(1, (await reading.Matters.SingleAsync()).OpenSlips);
    }
}
