using ExpertPanel.Server.Data;
using ExpertPanel.Server.Screening;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// A reply's attachments as files of the matter, each content once: what it is, its content says, never the sender. What is infected or
/// barred is kept as evidence with its reason, and never given out.
/// </summary>
public sealed class AttachmentStore(FileScreen screen, TimeProvider clock)
{
    public Screened Check(ReadAttachment attachment) => screen.Check(attachment.Type, attachment.Content);

    /// <summary>The files that may be opened at all.</summary>
    public IReadOnlyList<ReadAttachment> Sound(ReadMail mail) => [.. mail.Attachments.Where(a => Check(a).Fault is null)];

    /// <summary>Adds the rows; the caller saves them.</summary>
    public async Task<IReadOnlyList<OpinionFile>> AddAsync(PanelDb db, Guid matterId, IEnumerable<ReadAttachment> attachments, MailVerdicts verdicts, CancellationToken ct)
    {
        var (files, rows) = await RowsAsync(db, matterId, attachments, verdicts, ct);
        db.Files.AddRange(rows);
        return files;
    }

    /// <summary>The files as an opinion names them, and the rows of those that the matter doesn't have yet.</summary>
    public async Task<(IReadOnlyList<OpinionFile> Files, IReadOnlyList<FileRow> Rows)> RowsAsync(
        PanelDb db, Guid matterId, IEnumerable<ReadAttachment> attachments, MailVerdicts verdicts, CancellationToken ct)
    {
        var (files, rows) = (new List<OpinionFile>(), new List<FileRow>());
        foreach (var attachment in attachments.DistinctBy(a => a.Sha256))
        {
            var known = await db.Files.Where(f => f.MatterId == matterId && f.Sha256 == attachment.Sha256).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(ct);
            var id = known ?? Guid.CreateVersion7();
            if (known is null) rows.Add(Row(id, matterId, attachment, verdicts.Of(attachment)));
            files.Add(new(id, attachment.Name, attachment.Type, attachment.Size, attachment.Sha256));
        }

        return (files, rows);
    }

    private FileRow Row(Guid id, Guid matterId, ReadAttachment attachment, ScanVerdict scanned)
    {
        var (screened, now) = (Check(attachment), clock.GetUtcNow());
        var verdict = scanned.IsInfected || screened.Fault is null ? scanned : ScanVerdict.Barred(screened.Fault);
        return new()
        {
            Id = id,
            MatterId = matterId,
            Name = attachment.Name,
            MediaType = attachment.Type,
            Sha256 = attachment.Sha256,
            Size = attachment.Size,
            Content = attachment.Content.ToArray(),
            StoredAt = now,
            HasMacros = screened.HasMacros,
            Scan = verdict.State,
            ScanFind = verdict.Find,
            ScannedAt = scanned.State == ScanState.Waiting ? null : now,
        };
    }
}
