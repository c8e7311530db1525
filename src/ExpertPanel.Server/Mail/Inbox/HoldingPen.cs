using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Screening;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Decisions on held mail: the secretariat's, each with a row in the committee's history.</summary>
public sealed class HoldingPen(
    PanelDbFactory databases, ProcessRunner runner, CommitteeHistory history, HeldMailReading reading, AttachmentStore attachments, MailQuestions questions, PenNotices notices, MailReplay replay,
    MailScan scan, FileScanner scanner, TimeProvider clock) : IHoldingPen
{
    /// <summary>Characters.</summary>
    private const int LongestNote = 500;

    internal static readonly Refusal NotHeld = new("mail.not-held", "这封来件不在待定之列，可能已有人处理，请刷新页面。");

    private static readonly Refusal StateSecret = new("mail.state-secret", "带有国家秘密标志的来件没有保存，不能计入；请按保密规定处理后注明。");

    public Task<HeldMails> ListAsync(Guid tenantId, int skip, int most, CancellationToken ct, string? reason = null) => reading.ListAsync(tenantId, skip, most, reason, ct);

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
            if (row.Reason == InboundMailRow.StateSecret) return StateSecret;
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
            row, new(MailJudgement.Counted("accepted"), acceptance.Note, invitation.MatterId, invitation.Id, acceptance.RegisterAddress ? invitation.ExpertId : null), actor,
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

    public async Task<Refusal?> FileAsync(Guid tenantId, Guid mailId, HeldMailFiling filing, Actor actor, CancellationToken ct)
    {
        if (RoleMissing(actor) is { } missing) return missing;
        if (string.IsNullOrWhiteSpace(filing.Note) || filing.Note.Length > LongestNote) return new("mail.file-note-missing", "请说明归入的理由。", nameof(filing.Note));
        var number = filing.MatterNumber.Trim();
        await using var db = databases.Create(tenantId);
        if (await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailId && m.State == MailJudgement.IsHeld, ct) is not { } row) return NotHeld;
        if (row.Reason == InboundMailRow.StateSecret) return StateSecret;
        if (await db.Matters.Where(m => m.Number == number).Select(m => (Guid?)m.Id).SingleOrDefaultAsync(ct) is not { } matter)
            return new("mail.matter-unknown", "没有这个收文编号的事项，请核对。", nameof(filing.MatterNumber));
        if (filing.InvitationId is { } invited && !await db.Invitations.AnyAsync(i => i.Id == invited && i.MatterId == matter, ct))
            return new("invitation.not-found", "没有找到这份咨询邀请，请重新选择。", nameof(filing.InvitationId));
        return await DecideAsync(
            row, new(new(MailJudgement.IsFiled, row.Reason ?? ""), filing.Note, matter, filing.InvitationId), actor,
            new { row.Id, row.Sha256, Held = row.Reason, Matter = number, filing.InvitationId, filing.Note }, ct);
    }

    public async Task<Refusal?> RegisterAsync(Guid tenantId, Guid mailId, Guid invitationId, Actor actor, CancellationToken ct)
    {
        if (RoleMissing(actor) is { } missing) return missing;
        await using var db = databases.Create(tenantId);
        if (await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailId && m.State == MailJudgement.IsHeld, ct) is not { } row) return NotHeld;
        if (row.Reason == InboundMailRow.StateSecret) return StateSecret;
        if (await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.Id == invitationId, ct) is not { } invitation) return new("invitation.not-found", "没有找到这份咨询邀请，请重新选择。");
        if (row.FromAddress is null) return new("address.none", "这封来件没有唯一的发件地址，不能登记。");
        var address = AddressText.Fold(row.FromAddress);
        if (await db.ExpertAddresses.Where(a => a.Address == address).Select(a => (Guid?)a.ExpertId).SingleOrDefaultAsync(ct) is { } owner)
            return owner == invitation.ExpertId ? new("address.registered", "这个地址已经登记在该专家名下，可以直接重新判定。") : new("address.taken", $"{address} 已登记在另一位专家名下。");
        if (await db.ExpertAddresses.Where(a => a.ExpertId == invitation.ExpertId && a.Primary && a.BouncedAt == null).Select(a => a.Address).FirstOrDefaultAsync(ct) is not { } registered)
            return new("address.no-registered", "该专家没有可用的登记邮箱，不能发确认函；请核实后在专家信息中登记。");
        var name = await db.Experts.Where(e => e.Id == invitation.ExpertId).Select(e => e.Name).SingleAsync(ct);
        var asked = await LostRaces.AgainAsync(clock, () => questions.AskAsync(
            row, invitation, name, registered, address, also: writing => history.AppendAsync(writing, actor, "askAddress", new { row.Id, row.Sha256, Held = row.Reason, invitationId, Address = address }, ct), ct), ct);
        return asked switch
        {
            MailQuestions.Asked.Now => null,
            MailQuestions.Asked.Before => new("address.asked", "已经就这封来件发过确认函，请等待专家确认。"),
            _ => new("address.asked-often", "今天发给该专家的确认函已经够多，请明天再发，或者电话核实。"),
        };
    }

    public async Task<Refusal?> NotifyAsync(Guid tenantId, Guid mailId, string notice, Actor actor, CancellationToken ct)
    {
        if (RoleMissing(actor) is { } missing) return missing;
        return MailNotice.Find(notice) is { } known ? await notices.SendAsync(tenantId, mailId, known, actor, ct) : new("notice.unknown", "没有这个答复模板，请重新选择。", "Notice");
    }

    public async Task<RejudgedMails> RejudgeAsync(Guid tenantId, Guid? mailId, Actor actor, CancellationToken ct)
    {
        if (RoleMissing(actor) is { } missing) return new([], 0, missing);
        if (mailId is not { } one) return await replay.AllAsync(tenantId, actor, ct);
        return await replay.OneAsync(tenantId, one, actor, ct) is { } result ? new([result], 0) : new([], 0, new("mail.not-rejudged", "这封来件不能重新判定：不在待定之列，或者专家已说明不是本人所发。"));
    }

    private static Refusal? RoleMissing(Actor actor) => actor.Is(Role.Secretariat) ? null : new("role.missing", "待定来件由秘书处处理。");

    private static async Task<Refusal?> AddressProblemAsync(PanelDb db, InboundMailRow row, Guid expertId, CancellationToken ct)
    {
        if (row.FromAddress is null) return new("address.none", "这封来件没有唯一的发件地址，不能登记。");
        var address = AddressText.Fold(row.FromAddress);
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
    private Task<Refusal?> DecideAsync(InboundMailRow held, Verdict verdict, Actor actor, object facts, CancellationToken ct) => LostRaces.AgainAsync(clock, async () =>
    {
        var (judgement, note, matter, invitation, registerFor) = verdict;
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(held.TenantId);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = HistoryChain.Storable(clock.GetUtcNow());
        var decided = await db.InboundMails.Where(m => m.Id == held.Id && m.State == MailJudgement.IsHeld).ExecuteUpdateAsync(
            s => s.SetProperty(m => m.State, judgement.State).SetProperty(m => m.Reason, judgement.Reason).SetProperty(m => m.DecidedBy, actor.Name)
                .SetProperty(m => m.DecidedAt, now).SetProperty(m => m.DecisionNote, note)
                .SetProperty(m => m.InvitationId, m => matter == null ? m.InvitationId : invitation)
                .SetProperty(m => m.MatterId, m => matter ?? m.MatterId), ct);
        if (decided == 0) return NotHeld;
        if (registerFor is { } expert) await RegisterAsync(db, held, expert, now, ct);
        await history.AppendAsync(db, actor, CommandOf(judgement.State), facts, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (Refusal?)null;
    }, ct);

    private static string CommandOf(string state) => state switch
    {
        MailJudgement.IsCounted => "acceptHeldMail",
        MailJudgement.IsFiled => "fileHeldMail",
        _ => "discardHeldMail",
    };

    private static async Task RegisterAsync(PanelDb db, InboundMailRow mail, Guid expertId, DateTimeOffset now, CancellationToken ct)
    {
        var address = AddressText.Fold(mail.FromAddress ?? "");
        if (!await db.ExpertAddresses.AnyAsync(a => a.ExpertId == expertId && a.Address == address, ct))
            db.ExpertAddresses.Add(new() { Id = Guid.CreateVersion7(), ExpertId = expertId, Address = address, VerifiedAt = now });
    }

    /// <param name="MatterId">Where the mail belongs from now on, with <paramref name="InvitationId"/>; null leaves both as they are.</param>
    /// <param name="RegisterFor">The expert whose address the sender's is from now on.</param>
    private sealed record Verdict(MailJudgement Judgement, string? Note, Guid? MatterId = null, Guid? InvitationId = null, Guid? RegisterFor = null);
}
