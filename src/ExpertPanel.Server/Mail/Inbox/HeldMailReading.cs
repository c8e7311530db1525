using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>What the holding pen shows. The raw mail is read anew each time; nothing derived from it is kept.</summary>
public sealed class HeldMailReading(PanelDbFactory databases, MailReader reader, MatchProposals proposals, PenNotices notices, AttachmentStore attachments, IOptions<MailOptions> options)
{
    private static readonly string[] Open = [nameof(InvitationState.Invited), nameof(InvitationState.Accepted), nameof(InvitationState.Submitted)];

    private readonly ReadMailOptions limits = ReadMailOptions.Default with { MaxBytes = options.Value.MaxBytes, OwnMailbox = options.Value.Mailbox };

    /// <summary>As it came, with what its signature was worth then: a key that was withdrawn since takes nothing away.</summary>
    public async Task<ReadMail> ReadAsync(InboundMailRow row, CancellationToken ct)
    {
        var mail = await reader.ReadAsync(row.Raw, limits, ct);
        return row.Authentication?.Split(' ') is ["pass", var domain] ? mail with { Authentication = new(DkimResult.Pass, domain) } : mail;
    }

    /// <summary>What DKIM said, for the row: <c>none</c>, <c>fail</c>, <c>pass</c>, or <c>pass</c> with the domain that it speaks for.</summary>
    internal static string Written(MailAuthentication authentication) =>
        authentication.AlignedDomain is { } domain ? $"pass {domain}" : authentication.Dkim.ToString().ToLowerInvariant();

    public async Task<HeldMails> ListAsync(Guid tenantId, int skip, int most, string? reason, CancellationToken ct)
    {
        await using var db = databases.Create(tenantId);
        var all = db.InboundMails.Where(m => m.State == MailJudgement.IsHeld);
        var counts = await all.GroupBy(m => m.Reason ?? "").Select(g => new { Reason = g.Key, Count = g.Count() }).ToListAsync(ct);
        // What a rule refused stands behind the reason; a filter is by the reason alone.
        var reasons = counts.GroupBy(c => c.Reason.Split(':')[0], StringComparer.Ordinal).Select(g => new ReasonCount(g.Key, g.Sum(c => c.Count))).OrderByDescending(c => c.Count).ThenBy(c => c.Reason, StringComparer.Ordinal).ToList();
        var held = string.IsNullOrEmpty(reason) ? all : all.Where(m => m.Reason == reason || m.Reason!.StartsWith(reason + ":"));
        return new(await held.CountAsync(ct), await Lines(db, held.OrderByDescending(m => m.ReceivedAt).Skip(skip).Take(most)).ToListAsync(ct))
        {
            Reasons = reasons,
            Oldest = await all.MinAsync(m => (DateTimeOffset?)m.ReceivedAt, ct),
        };
    }

    public async Task<HeldMailDetail?> ShowAsync(Guid tenantId, Guid mailId, string? matterNumber, CancellationToken ct)
    {
        await using var db = databases.Create(tenantId);
        if (await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailId && m.State == MailJudgement.IsHeld, ct) is not { } row) return null;
        var line = await Lines(db, db.InboundMails.Where(m => m.Id == mailId)).SingleAsync(ct);
        var mail = await ReadAsync(row, ct);
        var choices = await ChoicesAsync(db, row, matterNumber, ct);
        var proposed = row.Reason == InboundMailRow.StateSecret ? [] : await proposals.FindAsync(db, row, mail, ct);
        return new(
            line, row.Size, row.Sha256, row.Reason != InboundMailRow.StateSecret, mail.Text, mail.Elided, [.. Files(mail).Select(f => f.Described)],
            mail.Authentication.Dkim.ToString().ToLowerInvariant(), StandOf(mail, ct), choices,
            row.InvitationId ?? (proposed is [var surest, ..] ? surest.InvitationId : (Guid?)null) ?? (choices.Count == 1 ? choices[0].InvitationId : null))
        {
            Proposals = proposed,
            Questions = await db.MailConfirmations.Where(c => c.MailId == mailId).OrderBy(c => c.AskedAt).Select(c => new AskedQuestion(c.Kind, c.AskedAt, c.ExpiresAt, c.AnsweredAt, c.Answer)).ToListAsync(ct),
            Registrable = await RegistrableAsync(db, row, ct),
            CanNotify = await notices.MayAsync(db, row, ct),
            Scan = row.Scan,
            ScanFind = row.ScanFind,
            Inside = [.. mail.AttachedMails.Select(m => new HeldMailInside(m.Name, m.From, m.Subject, m.Text))],
            Forms = [.. FormsIn(mail, ct).Select(Described)],
        };
    }

    /// <summary>The token names an expert, and the sender's address is nobody's yet.</summary>
    private static async Task<InvitationChoice?> RegistrableAsync(PanelDb db, InboundMailRow row, CancellationToken ct)
    {
        if (row is not { Reason: "sender-mismatch", InvitationId: { } invitation, FromAddress: { } from }) return null;
        var address = AddressText.Fold(from);
        if (await db.ExpertAddresses.AnyAsync(a => a.Address == address, ct) || await db.MailConfirmations.AnyAsync(c => c.MailId == row.Id && c.Kind == MailConfirmationRow.OfAddress, ct)) return null;
        return await db.Invitations.Where(i => i.Id == invitation)
            .Select(i => new InvitationChoice(i.Id, db.Matters.Where(m => m.Id == i.MatterId).Select(m => m.Number).First(), db.Experts.Where(e => e.Id == i.ExpertId).Select(e => e.Name).First(), i.Seat, i.State))
            .SingleOrDefaultAsync(ct);
    }

    public async Task<HeldContent?> AttachmentAsync(Guid tenantId, Guid mailId, int number, CancellationToken ct)
    {
        await using var db = databases.Create(tenantId);
        if (await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailId && m.State == MailJudgement.IsHeld && m.Reason != InboundMailRow.StateSecret, ct) is not { } row) return null;
        var files = Files(await ReadAsync(row, ct));
        return number >= 0 && number < files.Count ? new(files[number].Described, files[number].File.Content.ToArray(), row.Scan, row.ScanFind) : null;
    }

    public IReadOnlyList<OpinionForm> FormsIn(ReadMail mail, CancellationToken ct) => MailedForm.In(attachments.Sound(mail), ct);

    /// <summary>What the mail says, or its one form.</summary>
    private OpinionStand? StandOf(ReadMail mail, CancellationToken ct) =>
        OpinionReply.Parse(mail.Text).Stand ?? (FormsIn(mail, ct) is [{ Conclusion: { } conclusion }] ? ReplyWords.Exactly(conclusion) : null);

    private static string Described(OpinionForm form) =>
        string.Join('\n', new[] { form.MatterNumber, form.Conclusion ?? "", form.Text, form.Suggestions, form.SignedBy, form.Date }.Where(part => part.Length > 0));

    /// <summary>The mail's own files, then those of the mails inside it.</summary>
    private List<(ReadAttachment File, HeldAttachment Described)> Files(ReadMail mail) =>
        [.. mail.Attachments.Select(a => (a, Described(a, within: null))), .. mail.AttachedMails.SelectMany(m => m.Attachments.Select(a => (a, Described(a, m.Name))))];

    private HeldAttachment Described(ReadAttachment file, string? within)
    {
        var screened = attachments.Check(file);
        return new(file.Name, file.Type, file.Size, screened.Fault is null, screened.Fault, screened.HasMacros, within);
    }

    private static IQueryable<HeldMail> Lines(PanelDb db, IQueryable<InboundMailRow> mails) => mails.Select(m => new HeldMail(
        m.Id, m.ReceivedAt, m.FromAddress, m.Subject, m.Kind, m.Reason ?? "", db.Matters.Where(x => x.Id == m.MatterId).Select(x => x.Number).FirstOrDefault()));

    /// <summary>The named matter's invitations; else those of the matter the mail is filed under; else what the sender has open.</summary>
    private static async Task<IReadOnlyList<InvitationChoice>> ChoicesAsync(PanelDb db, InboundMailRow row, string? matterNumber, CancellationToken ct)
    {
        var number = matterNumber?.Trim();
        var from = row.FromAddress is { } sender ? AddressText.Fold(sender) : null;
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
