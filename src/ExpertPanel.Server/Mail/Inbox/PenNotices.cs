using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Letters;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Ready answers to senders, by the outbox as any letter. The row of sender and day is the lock: two nodes and two hands together write once
/// a day, so that no forged sender is flooded in our name.
/// </summary>
public sealed class PenNotices(PanelDbFactory databases, CommitteeSettings settings, CommitteeHistory history, IOptions<MailOptions> options, TimeProvider clock)
{
    private static readonly Refusal AlreadyToday = new("notice.already-today", "今天已经答复过这个发件人，每个发件人每天最多答复一次，请明天再发。");

    /// <summary>Whether somebody can be written to, and was not today.</summary>
    public async Task<bool> MayAsync(PanelDb db, InboundMailRow row, CancellationToken ct)
    {
        if (SenderOf(row) is not { } sender) return false;
        var today = ChinaTime.LocalDate(clock.GetUtcNow());
        return !await db.MailNotices.AnyAsync(n => n.Sender == sender && n.Day == today, ct);
    }

    /// <summary>Where a race is lost, either the history grew meanwhile or the sender was answered meanwhile; the next look tells which.</summary>
    public Task<Refusal?> SendAsync(Guid tenantId, Guid mailId, MailNotice notice, Actor actor, CancellationToken ct) =>
        LostRaces.AgainAsync(clock, () => TrySendAsync(tenantId, mailId, notice, actor, ct), ct);

    private async Task<Refusal?> TrySendAsync(Guid tenantId, Guid mailId, MailNotice notice, Actor actor, CancellationToken ct)
    {
        var now = HistoryChain.Storable(clock.GetUtcNow());
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(tenantId);
        if (await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailId && m.State == MailJudgement.IsHeld, ct) is not { } row) return HoldingPen.NotHeld;
        if (SenderOf(row) is not { } sender) return new("notice.no-sender", "这封来件没有可以答复的发件地址。");
        var today = ChinaTime.LocalDate(now);
        if (await db.MailNotices.AnyAsync(n => n.Sender == sender && n.Day == today, ct)) return AlreadyToday;

        var rules = await settings.RulesAsync(db, (await settings.NewestAsync(db, ct)).RulesVersion, ct);
        var letter = Guid.CreateVersion7();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = notice.Text(rules), ["notice"] = notice.Id };
        if (row.MessageId is { } id) facts[LetterSource.AnswersFact] = $"<{id}>";
        db.MailNotices.Add(new() { Sender = sender, Day = today, MailId = row.Id, LetterId = letter });
        // It belongs to no matter and no invitation: its bounce must not empty an expert's seat, and its reader may be anybody.
        db.Letters.Add(new()
        {
            Id = letter,
            MatterId = Guid.Empty,
            Kind = LetterKinds.MailNotice,
            ToAddress = sender,
            Facts = JsonSerializer.Serialize(facts, MatterCommands.Json),
            MessageId = $"{letter:N}@{options.Value.Domain}",
            CreatedAt = now,
            NextAttemptAt = now,
        });
        await history.AppendAsync(db, actor, "answerHeldMail", new { row.Id, row.Sha256, Held = row.Reason, Notice = notice.Id, Letter = letter }, ct);
        await db.SaveChangesAsync(ct);
        return null;
    }

    /// <summary>A machine is not answered, nor is what bears a state-secret mark.</summary>
    private static string? SenderOf(InboundMailRow row) =>
        row is { Kind: "reply" or "unreadable" or "oversized", FromAddress: { Length: > 0 } from } && row.Reason is not (InboundMailRow.StateSecret or "machine-sender") ? AddressText.Fold(from) : null;
}
