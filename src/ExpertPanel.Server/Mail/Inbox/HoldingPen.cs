using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Screening;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Decisions on held mail: the secretariat's, each with a row in the committee's history.</summary>
public sealed class HoldingPen(
    PanelDbFactory databases, ProcessRunner runner, CommitteeHistory history, HeldMailReading reading, AttachmentStore attachments, MailScan scan, FileScanner scanner, TimeProvider clock) : IHoldingPen
{
    private const int Tries = 8;

    private static readonly Refusal NotHeld = new("mail.not-held", "这封来件不在待定之列，可能已有人处理，请刷新页面。");

    public Task<HeldMails> ListAsync(Guid tenantId, int skip, int most, CancellationToken ct) => reading.ListAsync(tenantId, skip, most, ct);

    public Task<HeldMailDetail?> ShowAsync(Guid tenantId, Guid mailId, string? matterNumber, CancellationToken ct) => reading.ShowAsync(tenantId, mailId, matterNumber, ct);

    public async Task<byte[]?> RawAsync(Guid tenantId, Guid mailId, CancellationToken ct)
    {
        await using var db = databases.Create(tenantId);
        var mail = await db.InboundMails.Where(m => m.Id == mailId && m.Reason != InboundMailRow.StateSecret).Select(m => new { m.Raw, m.Scan }).SingleOrDefaultAsync(ct);
        return mail is not null && scanner.MayServe(mail.Scan) ? mail.Raw : null;
    }

    public Task<HeldContent?> AttachmentAsync(Guid tenantId, Guid mailId, int number, CancellationToken ct) => reading.AttachmentAsync(tenantId, mailId, number, ct);

    public async Task<Refusal?> AcceptAsync(Guid tenantId, Guid mailId, HeldMailAcceptance acceptance, Actor actor, CancellationToken ct)
    {
        if (RoleMissing(actor) is { } missing) return missing;
        InboundMailRow? row;
        InvitationRow? invitation;
        await using (var db = databases.Create(tenantId))
        {
            row = await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailId && m.State == MailJudgement.IsHeld, ct);
            invitation = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.Id == acceptance.InvitationId, ct);
            if (row is null) return NotHeld;
            if (row.Reason == InboundMailRow.StateSecret) return new("mail.state-secret", "带有国家秘密标志的来件没有保存，不能计入；请按保密规定处理后注明。");
            if (invitation is null) return new("invitation.not-found", "没有找到这份咨询邀请，请重新选择。", nameof(acceptance.InvitationId));
            if (acceptance.RegisterAddress && await AddressProblemAsync(db, row, invitation.ExpertId, ct) is { } problem) return problem;
        }

        var mail = await reading.ReadAsync(row, ct);
        var said = MailedForm.Everything(OpinionReply.Parse(mail.Text), mail.Text, reading.FormsIn(mail, ct));
        var files = await StoreFilesAsync(tenantId, invitation.MatterId, mail, await scan.ScanAsync(row.Raw, mail, ct), ct);
        var text = said.Text.Length > 0 ? said.Text : files.Count > 0 ? MailedForm.SeeAttachment : "";
        if (text.Length == 0) return new("mail.empty", "这封来件没有可以计入的文字或者附件。");
        var opinion = new SubmitOpinion(invitation.Id, acceptance.Stand, text, said.Suggestions, said.Dissent, OpinionChannel.Mail, files, row.Sha256);
        var result = await runner.RunAsync(tenantId, invitation.MatterId, opinion, actor, MailJudge.KeyOf(row), ct);
        return result.Refusal ?? await DecideAsync(
            row, new(MailJudgement.Counted("accepted"), acceptance.Note, invitation, acceptance.RegisterAddress), actor,
            new { row.Id, row.Sha256, Held = row.Reason, acceptance.InvitationId, acceptance.Stand, acceptance.RegisterAddress, acceptance.Note }, ct);
    }

    public async Task<Refusal?> DiscardAsync(Guid tenantId, Guid mailId, string reason, Actor actor, CancellationToken ct)
    {
        if (RoleMissing(actor) is { } missing) return missing;
        if (string.IsNullOrWhiteSpace(reason)) return new("mail.reason-missing", "请说明不计入的理由。", nameof(reason));
        await using var db = databases.Create(tenantId);
        return await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailId && m.State == MailJudgement.IsHeld, ct) is { } row
            ? await DecideAsync(row, new(new(MailJudgement.IsDiscarded, row.Reason ?? ""), reason), actor, new { row.Id, row.Sha256, Held = row.Reason, Reason = reason }, ct)
            : NotHeld;
    }

    private static Refusal? RoleMissing(Actor actor) => actor.Is(Role.Secretariat) ? null : new("role.missing", "待定来件由秘书处处理。");

    private static async Task<Refusal?> AddressProblemAsync(PanelDb db, InboundMailRow row, Guid expertId, CancellationToken ct)
    {
        if (row.FromAddress?.ToLowerInvariant() is not { } address) return new("address.none", "这封来件没有唯一的发件地址，不能登记。");
        return await db.ExpertAddresses.AnyAsync(a => a.Address == address && a.ExpertId != expertId, ct)
            ? new("address.taken", $"{address} 已登记在另一位专家名下。")
            : null;
    }

    private async Task<IReadOnlyList<OpinionFile>> StoreFilesAsync(Guid tenantId, Guid matterId, ReadMail mail, MailVerdicts verdicts, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(tenantId);
        var files = await attachments.AddAsync(db, matterId, mail.Attachments, verdicts, ct);
        await db.SaveChangesAsync(ct);
        return files;
    }

    /// <summary>The mail's row and the history row in one transaction; only one of two deciders finds it still held.</summary>
    private async Task<Refusal?> DecideAsync(InboundMailRow held, Verdict verdict, Actor actor, object facts, CancellationToken ct)
    {
        var (judgement, note, invitation, registerAddress) = verdict;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var turn = await databases.Gate.EnterAsync(ct);
                await using var db = databases.Create(held.TenantId);
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                var now = HistoryChain.Storable(clock.GetUtcNow());
                var decided = await db.InboundMails.Where(m => m.Id == held.Id && m.State == MailJudgement.IsHeld).ExecuteUpdateAsync(
                    s => s.SetProperty(m => m.State, judgement.State).SetProperty(m => m.Reason, judgement.Reason).SetProperty(m => m.DecidedBy, actor.Name)
                        .SetProperty(m => m.DecidedAt, now).SetProperty(m => m.DecisionNote, note)
                        .SetProperty(m => m.InvitationId, m => invitation == null ? m.InvitationId : invitation.Id)
                        .SetProperty(m => m.MatterId, m => invitation == null ? m.MatterId : invitation.MatterId), ct);
                if (decided == 0) return NotHeld;
                if (registerAddress && invitation is not null) await RegisterAsync(db, held, invitation.ExpertId, now, ct);
                await history.AppendAsync(db, actor, judgement.State == MailJudgement.IsCounted ? "acceptHeldMail" : "discardHeldMail", facts, ct);
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                return null;
            }
            catch (DbUpdateException race) when (attempt < Tries && (race is DbUpdateConcurrencyException || DatabaseFaults.IsRace(race)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(attempt * 7), clock, ct);
            }
        }
    }

    private static async Task RegisterAsync(PanelDb db, InboundMailRow mail, Guid expertId, DateTimeOffset now, CancellationToken ct)
    {
        var address = mail.FromAddress?.ToLowerInvariant() ?? "";
        if (!await db.ExpertAddresses.AnyAsync(a => a.ExpertId == expertId && a.Address == address, ct))
            db.ExpertAddresses.Add(new() { Id = Guid.CreateVersion7(), ExpertId = expertId, Address = address, VerifiedAt = now });
    }

    private sealed record Verdict(MailJudgement Judgement, string? Note, InvitationRow? Invitation = null, bool RegisterAddress = false);
}
