using ExpertPanel.Server.Data;
using ExpertPanel.Server.Screening;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>What the scanner said of a mail: of all of it, and of each file in it by its hash.</summary>
public sealed record MailVerdicts(ScanVerdict Whole, IReadOnlyDictionary<string, ScanVerdict> ByFile)
{
    public static MailVerdicts None { get; } = new(ScanVerdict.Waiting, new Dictionary<string, ScanVerdict>(StringComparer.Ordinal));

    public ScanVerdict Of(ReadAttachment file) => ByFile.GetValueOrDefault(file.Sha256) ?? Whole;
}

/// <summary>Scans a mail as it came and every file in it, for scanner and inbox may not take a mail apart alike.</summary>
public sealed class MailScan(FileScanner scanner)
{
    public bool IsConfigured => scanner.IsConfigured;

    /// <summary>A mail is clean when all of it is, and waits when the scanner failed on any of it.</summary>
    public async Task<MailVerdicts> ScanAsync(byte[] raw, ReadMail mail, CancellationToken ct)
    {
        if (!scanner.IsConfigured) return MailVerdicts.None;
        var whole = await scanner.ScanAsync(raw, ct);
        var byFile = new Dictionary<string, ScanVerdict>(StringComparer.Ordinal);
        foreach (var file in mail.Attachments.Concat(mail.AttachedMails.SelectMany(m => m.Attachments)))
            // A scanner that is down is asked once for a mail, not once for each file.
            if (!byFile.ContainsKey(file.Sha256))
                byFile[file.Sha256] = whole.State == ScanState.Waiting ? ScanVerdict.Waiting : await scanner.ScanAsync(file.Content, ct);
        var worst = byFile.Values.Prepend(whole).OrderBy(v => v.State switch { ScanState.Infected => 0, ScanState.Waiting => 1, _ => 2 }).First();
        return new(worst, byFile);
    }
}
