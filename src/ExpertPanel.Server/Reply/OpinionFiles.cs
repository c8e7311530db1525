using System.Security.Cryptography;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Screening;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Reply;

public enum UploadProblem
{
    Empty,
    TooLarge,
    NotAccepted,
    TooMany,
    StateSecret,
    Infected,
    Encrypted,
    Broken,
    Nested,
    Path,
    Dtd,
    Program,
    Unfolds,
}

/// <summary>A file that was not taken, by the name the expert knows it by.</summary>
public sealed record UploadRefused(string Name, UploadProblem Problem);

/// <param name="Rows">Not yet stored; they are saved together with the draft.</param>
/// <param name="Forms">The 专家意见表 among them that were filled in.</param>
public sealed record Uploads(IReadOnlyList<FileRow> Rows, IReadOnlyList<UploadRefused> Refused, IReadOnlyList<OpinionForm> Forms);

/// <summary>Attachments of an opinion. What a file is, its content says; its name is text to show and nothing else.</summary>
public sealed class OpinionFiles(PanelDbFactory databases, StateSecretFinds secrets, FileScreen screen, FileScanner scanner, TimeProvider clock)
{
    public const long MostBytes = 30L * 1024 * 1024;
    public const int MostFiles = 10;

    /// <summary>Other endings of the same content, which people know their files by.</summary>
    private static readonly Dictionary<string, string[]> Other = new(StringComparer.Ordinal)
    {
        [".jpg"] = [".jpeg"], [".tif"] = [".tiff"], [".doc"] = [".wps"], [".xls"] = [".et"],
    };

    /// <param name="already">How many attachments the draft has.</param>
    public async Task<Uploads> ReadAsync(ReplyPlace place, IReadOnlyList<IFormFile> files, int already, CancellationToken ct)
    {
        var rows = new List<FileRow>();
        var refused = new List<UploadRefused>();
        foreach (var file in files)
        {
            var name = AttachmentName.Clean(file.FileName, rows.Count + 1, "");
            if (file.Length == 0) refused.Add(new(name, UploadProblem.Empty));
            else if (file.Length > MostBytes) refused.Add(new(name, UploadProblem.TooLarge));
            else if (already + rows.Count >= MostFiles) refused.Add(new(name, UploadProblem.TooMany));
            else
            {
                var row = await ReadAsync(place, file, rows.Count + 1, ct);
                if (await ProblemAsync(place, row, name, ct) is { } problem) refused.Add(new(name, problem));
                else rows.Add(row);
            }
        }

        var forms = rows.Select(row => OpinionForm.Read(row.MediaType, row.Content, ct)).OfType<OpinionForm>().Where(form => form.IsFilled).Distinct().ToList();
        return new(rows, refused, forms);
    }

    /// <summary>The stand that a form's conclusion names; null where the expert must choose.</summary>
    public static OpinionStand? StandOf(OpinionForm form) => form.Conclusion is { } words ? ReplyWords.Exactly(words) : null;

    /// <summary>A paper of the matter, or an attachment of the expert's own.</summary>
    public async Task<FileRow?> FindAsync(ReplyPlace place, OpenMatter open, OpinionDraft draft, Guid id, CancellationToken ct)
    {
        var own = open.Invitation.Opinions.SelectMany(o => o.Files).Concat(draft.Files).Any(f => f.Id == id);
        if (!own && !(open.MayReadMaterials && open.Materials.Any(f => f.Id == id))) return null;
        await using var db = databases.Create(place.TenantId);
        return await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct);
    }

    private async Task<UploadProblem?> ProblemAsync(ReplyPlace place, FileRow row, string name, CancellationToken ct)
    {
        if (SecrecyScan.MarkOf(name, row.MediaType, row.Content) is null) return await ExamineAsync(row, ct);
        await using var db = databases.Create(place.TenantId);
        var expert = await db.Experts.Where(e => e.Id == place.ExpertId).Select(e => e.Name).SingleAsync(ct);
        await secrets.RecordAsync(place.TenantId, place.MatterId, row.Content, $"{expert}（reply）", ct);
        return UploadProblem.StateSecret;
    }

    private async Task<UploadProblem?> ExamineAsync(FileRow row, CancellationToken ct)
    {
        var screened = screen.Check(row.MediaType, row.Content);
        if (screened.Fault is { } fault) return ProblemOf(fault);
        var verdict = await scanner.ScanAsync(row.Content, ct);
        if (verdict.IsInfected) return UploadProblem.Infected;
        (row.HasMacros, row.Scan, row.ScannedAt) = (screened.HasMacros, verdict.State, verdict.State == ScanState.Waiting ? null : clock.GetUtcNow());
        return null;
    }

    private static UploadProblem ProblemOf(string fault) => fault switch
    {
        FileFault.Kind => UploadProblem.NotAccepted,
        FileFault.Encrypted => UploadProblem.Encrypted,
        FileFault.Broken => UploadProblem.Broken,
        FileFault.Nested => UploadProblem.Nested,
        FileFault.Path => UploadProblem.Path,
        FileFault.Dtd => UploadProblem.Dtd,
        FileFault.Program => UploadProblem.Program,
        _ => UploadProblem.Unfolds,
    };

    private async Task<FileRow> ReadAsync(ReplyPlace place, IFormFile file, int number, CancellationToken ct)
    {
        var content = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(content, ct);
        var type = MediaTypeSniffer.Sniff(content);
        return new()
        {
            Id = Guid.CreateVersion7(),
            MatterId = place.MatterId,
            Name = NameFor(file.FileName, number, MediaTypeSniffer.Extension(type)),
            MediaType = type,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Size = content.LongLength,
            Content = content,
            StoredAt = clock.GetUtcNow(),
        };
    }

    /// <summary>The name ends as its content demands, so that nobody opens a picture called <c>.exe</c>.</summary>
    private static string NameFor(string given, int number, string extension)
    {
        var name = AttachmentName.Clean(given, number, extension);
        var own = Path.GetExtension(name);
        var fits = own.Equals(extension, StringComparison.OrdinalIgnoreCase) || Other.GetValueOrDefault(extension)?.Contains(own, StringComparer.OrdinalIgnoreCase) == true;
        return fits ? name : name + extension;
    }
}
