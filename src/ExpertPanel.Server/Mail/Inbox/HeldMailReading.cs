using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>What the holding pen shows. The raw mail is read anew each time; nothing derived from it is kept.</summary>
public sealed class HeldMailReading(PanelDbFactory databases, MailReader reader, IOptions<MailOptions> options)
{
    private static readonly string[] Open = [nameof(InvitationState.Invited), nameof(InvitationState.Accepted), nameof(InvitationState.Submitted)];

    private readonly ReadMailOptions limits = ReadMailOptions.Default with { MaxBytes = options.Value.MaxBytes, OwnMailbox = options.Value.Mailbox };

    public Task<ReadMail> ReadAsync(InboundMailRow row, CancellationToken ct) => reader.ReadAsync(row.Raw, limits, ct);

    public async Task<HeldMails> ListAsync(Guid tenantId, int skip, int most, CancellationToken ct)
    {
        await using var db = databases.Create(tenantId);
        var held = db.InboundMails.Where(m => m.State == MailJudgement.IsHeld);
        return new(await held.CountAsync(ct), await Lines(db, held.OrderByDescending(m => m.ReceivedAt).Skip(skip).Take(most)).ToListAsync(ct));
    }

    public async Task<HeldMailDetail?> ShowAsync(Guid tenantId, Guid mailId, string? matterNumber, CancellationToken ct)
    {
        await using var db = databases.Create(tenantId);
        if (await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailId && m.State == MailJudgement.IsHeld, ct) is not { } row) return null;
        var line = await Lines(db, db.InboundMails.Where(m => m.Id == mailId)).SingleAsync(ct);
        var mail = await ReadAsync(row, ct);
        var choices = await ChoicesAsync(db, row, matterNumber, ct);
        return new(
            line, row.Size, row.Sha256, row.Reason != InboundMailRow.StateSecret, mail.Text, mail.Elided, [.. mail.Attachments.Select(a => new HeldAttachment(a.Name, a.Type, a.Size, AttachmentStore.IsAllowed(a)))],
            mail.Authentication.Dkim.ToString().ToLowerInvariant(), OpinionReply.Parse(mail.Text).Stand, choices,
            row.InvitationId ?? (choices.Count == 1 ? choices[0].InvitationId : null));
    }

    private static IQueryable<HeldMail> Lines(PanelDb db, IQueryable<InboundMailRow> mails) => mails.Select(m => new HeldMail(
        m.Id, m.ReceivedAt, m.FromAddress, m.Subject, m.Kind, m.Reason ?? "", db.Matters.Where(x => x.Id == m.MatterId).Select(x => x.Number).FirstOrDefault()));

    /// <summary>The named matter's invitations; else those of the matter the mail is filed under; else what the sender has open.</summary>
    private static async Task<IReadOnlyList<InvitationChoice>> ChoicesAsync(PanelDb db, InboundMailRow row, string? matterNumber, CancellationToken ct)
    {
        var number = matterNumber?.Trim();
        var from = row.FromAddress?.ToLowerInvariant();
        var invitations = number is { Length: > 0 }
            ? db.Invitations.Where(i => db.Matters.Any(m => m.Id == i.MatterId && m.Number == number))
            : row.MatterId is { } matter
                ? db.Invitations.Where(i => i.MatterId == matter)
                : db.Invitations.Where(i => Open.Contains(i.State) && db.ExpertAddresses.Any(a => a.ExpertId == i.ExpertId && a.Address == from));
        return await invitations.OrderByDescending(i => i.InvitedAt).Take(100)
            .Select(i => new InvitationChoice(
                i.Id, db.Matters.Where(m => m.Id == i.MatterId).Select(m => m.Number).First(), db.Experts.Where(e => e.Id == i.ExpertId).Select(e => e.Name).First(), i.Seat, i.State))
            .ToListAsync(ct);
    }
}
