using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Outbox;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Simulation;

/// <summary>Runs a year: matters arrive, people act when their turn and their hour come, timers ask, letters go out and replies come in.</summary>
internal sealed class SimulatedYear(
    PanelDbFactory databases, ProcessRunner runner, TimerRunner timers, OutboxRunner outbox, InboxRunner inbox, MatterCache cache, StepWriter writer,
    SimulatedClock clock, SimulatedPost post, SimulatedOffice office, SimulatedExperts experts, Choices choices, Guid tenant, WorkingCalendar calendar)
{
    /// <summary>Nothing a simulated office does takes longer than this after the year has ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(400);

    private readonly PriorityQueue<Func<CancellationToken, Task>, (DateTimeOffset At, long Order)> agenda = new();
    private readonly HashSet<Guid> open = [];
    private long order;
    private long lettersSeen;
    private DateTimeOffset askedTimersAt;

    /// <summary>Sets down when each matter arrives, spread over the working days of the year.</summary>
    public void Plan(int year, int matters)
    {
        var days = Enumerable.Range(0, 366).Select(d => new DateOnly(year, 1, 1).AddDays(d)).Where(d => d.Year == year && calendar.IsWorkingDay(d)).ToList();
        for (var i = 0; i < matters; i++)
        {
            var (index, day) = (i, days[(int)((long)i * days.Count / matters)]);
            var at = ChinaTime.At(day, 9).AddMinutes(choices.Of("arrival", $"{i}") * 420);
            Schedule(at, ct => RegisterAsync(index, ct));
        }
    }

    public async Task RunAsync(int year, CancellationToken ct)
    {
        var end = ChinaTime.At(new(year + 1, 1, 1), 0) + Patience;
        while (agenda.TryDequeue(out var act, out var when) && when.At < end)
        {
            await LetTimePassAsync(when.At, ct);
            await act(ct);
            await CarryPostAsync(ct);
        }
    }

    private void Schedule(DateTimeOffset at, Func<CancellationToken, Task> act) => agenda.Enqueue(act, (at, order++));

    /// <summary>Puts every question that falls due on the way. Timers stand at full hours or wait for one at most.</summary>
    private async Task LetTimePassAsync(DateTimeOffset until, CancellationToken ct)
    {
        while (Hour(until) > askedTimersAt)
        {
            DateTimeOffset? next;
            using (await databases.Gate.EnterAsync(ct))
            {
                await using var db = await databases.CreateWriterAsync(Guid.Empty, ct);
                next = await CrossTenant.NextTimerAsync(db);
            }

            if (next is null || next > Hour(until)) break;
            clock.SetForward(next.Value);
            while (await timers.FireDueAsync(200, ct) > 0) await CarryPostAsync(ct);
        }

        askedTimersAt = Hour(until);
        clock.SetForward(until);
    }

    private async Task RegisterAsync(int index, CancellationToken ct)
    {
        var act = office.Register(index, clock.GetUtcNow());
        var result = await runner.RunAsync(tenant, null, act.Command, act.Actor, null, ct);
        if (result.Matter is not { } matter) throw new InvalidOperationException($"A simulated registration was refused: {result.Refusal?.Code}");
        open.Add(matter.Id);
        ScheduleOffice(matter);
    }

    private void ScheduleOffice(Matter matter) =>
        Schedule(AfterWorkingHours(0.5 + (6 * choices.Of("pace", matter.Number, matter.Stage, $"{matter.StageSince.UtcTicks}"))), ct => OfficeActsAsync(matter.Id, ct));

    private async Task OfficeActsAsync(Guid id, CancellationToken ct)
    {
        var matter = await StateAsync(id, ct);
        if (matter.Archive is not null || matter.Ending is not null)
        {
            open.Remove(id);
            return;
        }

        if (office.Next(matter, clock.GetUtcNow()) is not { } act)
        {
            Schedule(AfterWorkingHours(8), again => OfficeActsAsync(id, again));
            return;
        }

        var result = await runner.RunAsync(tenant, id, act.Command, act.Actor, null, ct);
        if (result.Refusal is { } refusal) throw new InvalidOperationException($"{matter.Number} {matter.Stage}: {act.Command.Name} was refused: {refusal.Code}");
        if (result.Facts.Count == 0) throw new InvalidOperationException($"{matter.Number} {matter.Stage}: {act.Command.Name} changed nothing and would be repeated for ever.");
        ScheduleOffice(result.Matter ?? matter);
    }

    private async Task CarryPostAsync(CancellationToken ct)
    {
        if (writer.LettersWritten == lettersSeen) return; // Every letter so far was taken over by the post.
        lettersSeen = writer.LettersWritten;
        while (await outbox.SendDueAsync(200, ct) > 0)
            while (post.TryRead(out var letter)) await ReadAsync(letter, ct);
    }

    private async Task ReadAsync(ExpertLetter letter, CancellationToken ct)
    {
        InvitationRow? asked;
        using (await databases.Gate.EnterAsync(ct))
        {
            await using var db = await databases.CreateWriterAsync(tenant, ct);
            asked = await MailQueries.InvitationAsync(db, ReplyTokens.HashOf(letter.Token));
        }

        if (asked is null) throw new InvalidOperationException("A simulated letter has a token that no invitation has.");
        var matter = await StateAsync(asked.MatterId, ct);
        if (matter.Panel?.Find(asked.Id) is not { } invitation) return;
        var plan = experts.PlanFor(matter.Number, invitation.BankNumber, letter.RepliesByMail);
        var hours = experts.Hours("answer", matter.Number, invitation.BankNumber);
        if (matter.Urgency != UrgencyLevel.Normal) hours /= 2.5;
        if (plan != ExpertPlan.StaySilent) Schedule(AfterWorkingHours(hours), later => AnswerAsync(letter, matter, invitation, plan, later));
    }

    private async Task AnswerAsync(ExpertLetter letter, Matter matter, Invitation invitation, ExpertPlan plan, CancellationToken ct)
    {
        var actor = Actor.Expert(invitation.ExpertId, invitation.ExpertName, "web simulate");
        var stand = experts.StandOf(matter.Number, invitation.BankNumber);
        switch (plan)
        {
            case ExpertPlan.Decline:
                await runner.RunAsync(tenant, matter.Id, new DeclineInvitation(invitation.Id, "近期出差"), actor, null, ct);
                break;
            case ExpertPlan.Recuse:
                await runner.RunAsync(tenant, matter.Id, new RecuseExpert(invitation.Id, RecusalGround.AdvisedBefore, "曾参与起草"), actor, null, ct);
                break;
            case ExpertPlan.AnswerOnWeb:
                await runner.RunAsync(tenant, matter.Id, new AcceptInvitation(invitation.Id, true), actor, null, ct);
                Schedule(AfterWorkingHours(2 + experts.Hours("write", matter.Number, invitation.BankNumber) / 2), later => runner.RunAsync(
                    tenant, matter.Id, new SubmitOpinion(invitation.Id, stand, "经研究送审材料，意见如上。", null, stand == OpinionStand.Unlawful, OpinionChannel.Web), actor, null, later));
                break;
            default:
                var other = plan == ExpertPlan.AnswerFromOtherMailbox;
                await inbox.ReceiveAsync(SimulatedExperts.Reply(
                    letter, other ? "private@elsewhere.test" : letter.Address, stand, clock.GetUtcNow(), $"{invitation.Id:N}.{(other ? 1 : 2)}@reader.test"), ct);
                // Held for its sender; the expert notices and writes again from the registered mailbox.
                if (other) Schedule(AfterWorkingHours(3), later => AnswerAsync(letter, matter, invitation, ExpertPlan.AnswerByMail, later));
                break;
        }
    }

    private async Task<Matter> StateAsync(Guid id, CancellationToken ct)
    {
        if (cache.Find(id) is { } known) return known.Matter;
        await using var db = databases.Create(tenant);
        var state = await db.Matters.Where(m => m.Id == id).Select(m => m.State).SingleAsync(ct);
        return System.Text.Json.JsonSerializer.Deserialize<Matter>(state, MatterCommands.Json) ?? throw new InvalidOperationException($"Matter {id} has no state.");
    }

    /// <summary>A moment so many working hours from now: nine to five on working days.</summary>
    private DateTimeOffset AfterWorkingHours(double hours)
    {
        var at = clock.GetUtcNow().ToOffset(ChinaTime.Offset);
        var day = DateOnly.FromDateTime(at.DateTime);
        var left = TimeSpan.FromHours(hours);
        while (true)
        {
            var (opens, closes) = (ChinaTime.At(day, 9), ChinaTime.At(day, 17));
            if (calendar.IsWorkingDay(day) && at < closes)
            {
                var from = at > opens ? at : opens;
                if (from + left <= closes) return from + left;
                left -= closes - from;
            }

            day = day.AddDays(1);
        }
    }

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
