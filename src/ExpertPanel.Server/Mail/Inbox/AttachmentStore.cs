using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>A reply's attachments as files of the matter: by content, never by the sender's word for it, and each content once.</summary>
public sealed class AttachmentStore(TimeProvider clock)
{
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/ofd",
        "image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp", "image/heic",
    };

    public static bool IsAllowed(ReadAttachment attachment) => Allowed.Contains(attachment.Type);

    /// <summary>Adds the rows; the caller saves them.</summary>
    public async Task<IReadOnlyList<OpinionFile>> AddAsync(PanelDb db, Guid matterId, IEnumerable<ReadAttachment> attachments, CancellationToken ct)
    {
        var files = new List<OpinionFile>();
        foreach (var attachment in attachments.Where(IsAllowed).DistinctBy(a => a.Sha256))
        {
            var known = await db.Files.Where(f => f.MatterId == matterId && f.Sha256 == attachment.Sha256).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(ct);
            var id = known ?? Guid.CreateVersion7();
            if (known is null)
                db.Files.Add(new()
                {
                    Id = id,
                    MatterId = matterId,
                    Name = attachment.Name,
                    MediaType = attachment.Type,
                    Sha256 = attachment.Sha256,
                    Size = attachment.Size,
                    Content = attachment.Content.ToArray(),
                    StoredAt = clock.GetUtcNow(),
                });
            files.Add(new(id, attachment.Name, attachment.Type, attachment.Size, attachment.Sha256));
        }

        return files;
    }
}
