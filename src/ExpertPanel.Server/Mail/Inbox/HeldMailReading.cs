using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>What the holding pen shows. The raw mail is read anew each time; nothing derived from it is kept.</summary>
public sealed class HeldMailReading(PanelDbFactory databases, MailReader reader, AttachmentStore attachments, IOptions<MailOptions> options)
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
            line, row.Size, row.Sha256, row.Reason != InboundMailRow.StateSecret, mail.Text, mail.Elided, [.. Files(mail).Select(f => f.Described)],
            mail.Authentication.Dkim.ToString().ToLowerInvariant(), StandOf(mail, ct), choices,
            row.InvitationId ?? (choices.Count == 1 ? choices[0].InvitationId : null))
        {
            Scan = row.Scan,
            ScanFind = row.ScanFind,
            Inside = [.. mail.AttachedMails.Select(m => new HeldMailInside(m.Name, m.From, m.Subject, m.Text))],
            Forms = [.. FormsIn(mail, ct).Select(Described)],
        };
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
