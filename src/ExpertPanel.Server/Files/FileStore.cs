using System.Security.Cryptography;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Screening;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Files;

/// <summary>A file as somebody handed it in: the name is theirs, the type is what the content says.</summary>
public sealed record HandedFile(string Name, string MediaType, byte[] Content)
{
    /// <summary>A matter's file may have 30 MB.</summary>
    public const long Most = 30L * 1024 * 1024;

    private const int LongestName = 200;

    /// <summary>What the virus scanner said when it was handed in.</summary>
    public ScanVerdict Scanned { get; internal set; } = ScanVerdict.Waiting;

    public bool HasMacros { get; internal set; }

    public static HandedFile Of(string name, byte[] content)
    {
        var bare = string.Concat((name.Split('/', '\\')[^1]).Where(c => !char.IsControl(c))).Trim();
        return new(bare.Length == 0 ? "未命名" : bare, MediaTypeSniffer.Sniff(content), content);
    }

    /// <summary>The state-secret mark in the name or the text, or null. Of a file that has one nothing is stored (保密法 arts. 29, 31).</summary>
    public string? Mark => SecrecyScan.MarkOf(Name, MediaType, Content);

    /// <summary>Why the file can't be taken, or null.</summary>
    public FieldProblem? Problem(string field) => this switch
    {
        { Content.Length: 0 } => new(field, $"文件“{Name}”是空的，请重新选择。", $"The file {Name} is empty; choose it again."),
        { Content.LongLength: > Most } => new(field, $"文件“{Name}”超过 30 MB，请压缩或拆分后再传。", $"The file {Name} is larger than 30 MB."),
        { Name.Length: > LongestName } => new(field, $"文件名最长 {LongestName} 字，请改短后再传。", $"A file's name takes {LongestName} characters at the most."),
        { Mark: { } mark } => new(field, $"文件带有“{mark}”标志。涉及国家秘密的材料不得进入本系统，请转涉密渠道办理；文件未保存，已告知秘书处。", "The file bears a mark of state secrecy. Such material may not enter this system; nothing was stored, and the secretariat has been told."),
        _ => null,
    };
}

/// <summary>Keeps the bytes of a matter's files, once per content; nothing is ever edited.</summary>
public sealed class FileStore(PanelDbFactory databases, StateSecretFinds secrets, FileScreen screen, FileScanner scanner, TimeProvider clock, ILogger<FileStore> log)
{
    /// <summary>
    /// Why the file can't be taken, or null. A state secret is put on record by its hash and its sender. A file that the scanner could not
    /// look at is taken, and waits to be given out.
    /// </summary>
    public async Task<FieldProblem?> RefuseAsync(Guid tenantId, Guid? matterId, HandedFile file, string field, Actor sender, CancellationToken cancellationToken)
    {
        if (file.Problem(field) is not { } problem) return await ExamineAsync(file, field, cancellationToken);
        if (file.Mark is not null) await secrets.RecordAsync(tenantId, matterId, file.Content, $"{sender.Name}（{sender.Origin}）", cancellationToken);
        return problem;
    }

    private async Task<FieldProblem?> ExamineAsync(HandedFile file, string field, CancellationToken cancellationToken)
    {
        var screened = screen.Check(file.MediaType, file.Content);
        if (screened.Fault is { } fault) return new(field, FaultWords.Chinese(file.Name, fault), FaultWords.English(file.Name, fault));
        (file.HasMacros, file.Scanned) = (screened.HasMacros, await scanner.ScanAsync(file.Content, cancellationToken));
        if (!file.Scanned.IsInfected) return null;
        log.LogError("An uploaded file was refused as infected: {Find}", file.Scanned.Find);
        return new(field, $"文件“{file.Name}”带有病毒（{file.Scanned.Find}），未保存。请先查杀，再传另一份。", $"The file {file.Name} is infected ({file.Scanned.Find}) and was not stored. Provide a clean copy.");
    }

    public async Task<AttachFile> StoreAsync(Guid tenantId, Guid matterId, FileKind kind, HandedFile file, CancellationToken cancellationToken)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Content));
        using var turn = await databases.Gate.EnterAsync(cancellationToken);
        await using var db = databases.Create(tenantId);
        var known = await db.Files.Where(f => f.MatterId == matterId && f.Sha256 == sha256 && f.Name == file.Name).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(cancellationToken);
        if (known is null)
        {
            var row = new FileRow
            {
                Id = Guid.CreateVersion7(),
                MatterId = matterId,
                Name = file.Name,
                MediaType = file.MediaType,
                Sha256 = sha256,
                Size = file.Content.LongLength,
                Content = file.Content,
                StoredAt = clock.GetUtcNow(),
                HasMacros = file.HasMacros,
                Scan = file.Scanned.State,
                ScannedAt = file.Scanned.State == ScanState.Waiting ? null : clock.GetUtcNow(),
            };
            db.Files.Add(row);
            await db.SaveChangesAsync(cancellationToken);
            known = row.Id;
        }

        return new(known.Value, kind, file.Name, file.MediaType, file.Content.LongLength, sha256);
    }
}
