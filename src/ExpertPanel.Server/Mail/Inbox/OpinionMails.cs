using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Reads an opinion's mail anew from the raw bytes; nothing that was cut off is kept twice.</summary>
public sealed class OpinionMails(PanelDbFactory databases, HeldMailReading reading, ProcessRunner runner) : IOpinionMails
{
    private const int LongestOpinion = 50_000;

    public async Task<OpinionMail?> ShowAsync(Guid tenantId, LegalOpinion opinion, CancellationToken ct)
    {
        if (opinion is not { Channel: OpinionChannel.Mail, Evidence: { } sha256 }) return null;
        await using var db = databases.Create(tenantId);
        if (await db.InboundMails.AsNoTracking().FirstOrDefaultAsync(m => m.Sha256 == sha256, ct) is not { } row) return null;
        var mail = await reading.ReadAsync(row, ct);
        return new(row.FromAddress, row.Subject, row.ReceivedAt, [.. mail.Segments.Select(segment => new OpinionMailPart(segment.Text, segment.Kept))]);
    }

    public async Task<Refusal?> RestoreAsync(Guid tenantId, Guid matterId, Invitation invitation, string reason, Actor actor, CancellationToken ct)
    {
        if (!actor.Is(Role.Secretariat)) return new("role.missing", "恢复来信全文由秘书处办理。");
        if (string.IsNullOrWhiteSpace(reason)) return new("mail.restore-reason-missing", "请说明恢复全文的理由。", "Reason");
        if (invitation.Opinions is not [.., var last] || await ShowAsync(tenantId, last, ct) is not { } mail) return new("mail.not-by-mail", "这份意见最近一版不是用邮件提交的。");
        if (mail.Whole.Length > LongestOpinion) return new("mail.too-long", "来信全文过长，不能作为意见登记。");
        var whole = new SubmitOpinion(invitation.Id, last.Stand, mail.Whole, last.Suggestions, last.Dissent, OpinionChannel.Mail, last.Files, last.Evidence, reason.Trim());
        return (await runner.RunAsync(tenantId, matterId, whole, actor, $"restore:{invitation.Id:N}:{last.Evidence}", ct)).Refusal;
    }
}
