using ExpertPanel.Server.Processes;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>Two programs on one database: what one remembers may be stale; the saved version proves it.</summary>
public sealed class TwoNodesTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    [Theory, MemberData(nameof(Both))]
    public async Task A_step_from_a_stale_memory_is_tried_again_from_the_database(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await using var other = SecondNode(panel);
        var matter = await Stage.PreCheckAsync(panel); // this node now remembers it
        Assert.True((await RunOnAsync(other, panel, matter.Id, new RecordInstruction("主任丁", "先行研究", new(2014, 9, 26)), People.Leader)).Ok);

        var result = await panel.RunAsync(matter.Id, new AcceptMatter(), People.Head);
        Assert.True(result.Ok, result.Refusal?.Code);
        Assert.Equal("先行研究", Assert.Single(result.Matter?.Instructions ?? []).Text);
        Assert.Equal(5, (await RowAsync(panel, matter.Id)).Version);
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refusal_is_never_given_from_memory_alone(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await using var other = SecondNode(panel);
        var matter = await Stage.RegisteredAsync(panel);
        await RunOnAsync(other, panel, matter.Id, new StartPreCheck(), People.Handler);
        // In this node's memory the matter still stands in "registered", where acceptance would be refused.
        Assert.Equal("assigning", (await panel.MustAsync(matter.Id, new AcceptMatter(), People.Head)).Stage);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Already_so_is_never_answered_from_memory_alone(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await using var other = SecondNode(panel);
        var matter = await Stage.UnderReviewAsync(panel);
        await panel.MustAsync(matter.Id, new SuspendMatter(SuspensionCause.AwaitingLaw, "等待", "公布"), People.Head);
        await RunOnAsync(other, panel, matter.Id, new ResumeMatter("已公布"), People.Head);
        var again = await panel.MustAsync(matter.Id, new SuspendMatter(SuspensionCause.AwaitingFacts, "又等待", "送达"), People.Head);
        Assert.Equal(SuspensionCause.AwaitingFacts, again.Suspension?.Cause);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_timers_question_is_not_taken_as_answered_by_a_memory_that_another_node_made_stale(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await using var other = SecondNode(panel);
        var matter = await Stage.UnderReviewAsync(panel); // this node remembers the limit of ten working days
        var shorter = await RunOnAsync(other, panel, matter.Id, new ExpediteMatter(UrgencyLevel.Urgent, "防汛应急", 3), People.Head);
        var warning = new WarnDeadline(DeadlineWarningKind.Overdue, true, shorter.Matter?.ReviewDeadline?.Due ?? default, "underReview");
        var timer = ExpertPanel.Workflows.Actor.System("timer");
        Assert.True(warning.AlreadyDone(matter, timer), "as this node remembers it, there is no such limit");
        Assert.False(await panel.Runner.ChangesNothingAsync(panel.TenantId, matter.Id, warning, timer, CancellationToken.None));

        await panel.PassAsync(TimeSpan.FromDays(5)); // this node's timers ask; 30 September was the last day
        Assert.Single(System.Text.Json.JsonSerializer.Deserialize<Matter>((await RowAsync(panel, matter.Id)).State, ExpertPanel.Workflows.MatterCommands.Json)?.Slips ?? []);
        Assert.True(await panel.Runner.ChangesNothingAsync(panel.TenantId, matter.Id, warning, timer, CancellationToken.None), "once it is given");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Eight_callers_on_two_nodes_give_numbers_from_one_to_n(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await using var other = SecondNode(panel);
        var results = await InParallel(8, i => i % 2 == 0
            ? panel.RunAsync(null, Stage.Registration(), People.Clerk)
            : RunOnAsync(other, panel, null, Stage.Registration(), People.Clerk));
        Assert.Equal(Enumerable.Range(1, 8).Select(n => $"620000-2014-{n:0000}"), results.Select(r => r.Matter?.Number).Order());
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Two_timer_runners_put_each_question_once(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await using var other = SecondNode(panel);
        await Stage.ExpertConsultingAsync(panel);
        panel.Clock.SetUtcNow(new(2014, 9, 29, 2, 0, 0, TimeSpan.Zero)); // ten o'clock: three reminders are due
        await InParallel(4, async i => await (i % 2 == 0 ? panel.Timers : other.GetRequiredService<TimerRunner>()).FireDueAsync(100, CancellationToken.None));

        await using var db = panel.Open();
        Assert.Equal(3, await db.Letters.CountAsync(l => l.Kind == "consultation-reminder"));
        Assert.Equal(3, await db.History.CountAsync(h => h.Command == "remindInvitation"));
        var now = panel.Clock.GetUtcNow();
        Assert.Equal(0, await db.Timers.CountAsync(t => t.DueAt <= now && t.FiredAt == null));
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_local_holiday_entered_on_one_node_reaches_the_other_within_two_minutes(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await using var other = SecondNode(panel);
        var matter = await Stage.UnderReviewAsync(panel);
        Assert.True((await RunOnAsync(other, panel, matter.Id, new RecomputeDeadlines(), ExpertPanel.Workflows.Actor.System("cli"))).Ok);
        await using (var db = panel.Open())
        {
            db.LocalDays.Add(new() { Date = new(2014, 10, 13), IsWorking = false, Name = "州庆" });
            await db.SaveChangesAsync();
        }

        panel.Get<CommitteeSettings>().Forget(panel.TenantId);
        panel.Clock.Advance(TimeSpan.FromMinutes(2));
        var result = await RunOnAsync(other, panel, matter.Id, new RecomputeDeadlines(), ExpertPanel.Workflows.Actor.System("cli"));
        Assert.Equal(new DateOnly(2014, 10, 16), result.Matter?.ReviewDeadline?.Due);
    }
}
