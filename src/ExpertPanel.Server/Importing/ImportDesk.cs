using System.Security.Cryptography;
using System.Text.Json;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Importing;

/// <summary>What a person says about a file before it is checked or carried out.</summary>
/// <param name="Fields">For each column the field's name, or blank.</param>
public sealed record ImportWish(IReadOnlyList<string?>? Fields, string? Approval, DateOnly? TermFrom, DateOnly? TermTo);

/// <summary>The way of a list of experts into the bank: taken in, its columns matched, checked, ordered, and if need be taken back whole.</summary>
public sealed class ImportDesk(PanelDb db, PanelDbFactory databases, RecordedChange change, SpecialtyNames specialties, TimeProvider clock)
{
    public const int LargestFile = 40 * 1024 * 1024;
    public const int LongestText = 500;

    public static IReadOnlyList<Role> MayImport { get; } = [Role.Secretariat];

    /// <summary>Keeps the file and proposes its columns.</summary>
    public async Task<(Guid? Import, FieldProblem? Problem)> TakeInAsync(string fileName, byte[] content, Actor actor, CancellationToken ct)
    {
        ImportColumns columns;
        try
        {
            columns = ImportColumns.Propose(ImportTable.Read(content), await RememberedAsync(ct));
        }
        catch (ImportFileException fault)
        {
            return (null, new("File", fault.Zh, fault.En));
        }

        using var turn = await databases.Gate.EnterAsync(ct);
        var row = new ImportRow
        {
            Id = Guid.CreateVersion7(), FileName = fileName.Length > 200 ? fileName[^200..] : fileName, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), Content = content,
            Columns = JsonSerializer.Serialize(columns), State = ImportState.Uploaded, By = actor.Name, ById = actor.Id, At = HistoryChain.Storable(clock.GetUtcNow()),
        };
        db.Imports.Add(row);
        await db.SaveChangesAsync(ct);
        return (row.Id, null);
    }

    public static ImportColumns ColumnsOf(ImportRow row) => JsonSerializer.Deserialize<ImportColumns>(row.Columns) ?? throw new InvalidOperationException("An import without columns.");

    /// <summary>What the import would do; nothing is written.</summary>
    public async Task<(ImportCheck? Check, IReadOnlyList<FieldProblem> Problems)> CheckAsync(Guid id, ImportWish wish, CancellationToken ct)
    {
        var (row, columns, order, problems) = await ReadAsync(id, wish, ct);
        if (row?.Content is null || order is null || problems.Count > 0) return (null, problems);
        try
        {
            return (await ImportCheck.RunAsync(db, row.Content, columns, order, specialties.Codes, null, ct), []);
        }
        catch (ImportFileException fault)
        {
            return (null, [new("File", fault.Zh, fault.En)]);
        }
    }

    /// <summary>Forgets a file that was not carried out; false where there is none.</summary>
    public async Task<bool> DropAsync(Guid id, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        return await db.Imports.Where(i => i.Id == id && i.State == ImportState.Uploaded).ExecuteDeleteAsync(ct) > 0;
    }

    /// <summary>Hands the import to the worker.</summary>
    public async Task<IReadOnlyList<FieldProblem>> OrderAsync(Guid id, ImportWish wish, Actor actor, CancellationToken ct)
    {
        var (row, columns, order, problems) = await ReadAsync(id, wish, ct);
        if (row is null || order is null || problems.Count > 0) return problems;
        using var turn = await databases.Gate.EnterAsync(ct);
        (row.Columns, row.Order, row.State, row.By, row.ById, row.Fault) = (JsonSerializer.Serialize(columns), JsonSerializer.Serialize(order), ImportState.Waiting, actor.Name, actor.Id, null);
        row.Version++;
        try
        {
            await db.SaveChangesAsync(ct);
            return [];
        }
        catch (DbUpdateConcurrencyException)
        {
            return [new("", "刚刚有人也在办理这次导入，请重新打开。", "Somebody else was at this import; open it again.")];
        }
    }

    /// <summary>
    /// Takes the whole import back: each of its experts whose card is as it came and who was never invited leaves the bank. Those who were
    /// drawn, changed or seated since stay, and are named.
    /// </summary>
    /// <returns>The bank numbers of those who stay, or what is wrong.</returns>
    public async Task<(IReadOnlyList<string> Kept, IReadOnlyList<FieldProblem> Problems)> UndoAsync(Guid id, string? reason, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return ([], [new("Reason", "请填写撤销的理由。", "Say why it is taken back.")]);
        if (reason.Length > LongestText) return ([], [new("Reason", $"最多 {LongestText} 字。", $"At most {LongestText} characters.")]);
        IReadOnlyList<string> kept = [];
        var removed = 0;
        var result = await change.RunAsync(actor, "undoImport", () => new { id, reason, removed, kept }, async () =>
        {
            if (await db.Imports.SingleOrDefaultAsync(i => i.Id == id && i.State == ImportState.Done, ct) is not { } row) return IdentityResult.Failed();
            var lasting = db.Experts.Where(e => e.ImportId == id && (e.Version > 0 || e.CommitteeMember || db.Invitations.Any(i => i.ExpertId == e.Id) || db.Loans.Any(l => l.ExpertId == e.Id)));
            kept = await lasting.OrderBy(e => e.BankNumber).Select(e => e.BankNumber).ToListAsync(ct);
            var leaving = db.Experts.Where(e => e.ImportId == id && !lasting.Select(l => l.Id).Contains(e.Id));
            await db.ExpertAddresses.Where(a => leaving.Select(e => e.Id).Contains(a.ExpertId)).ExecuteDeleteAsync(ct);
            removed = await leaving.ExecuteDeleteAsync(ct);
            row.State = ImportState.Undone;
            row.Version++;
            return IdentityResult.Success;
        }, ct);
        return result.Succeeded ? (kept, []) : ([], [new("", "这次导入不在可以撤销的状态，请重新打开。", "This import can't be taken back now; open it again.")]);
    }

    private async Task<(ImportRow? Row, ImportColumns Columns, ImportOrder? Order, IReadOnlyList<FieldProblem> Problems)> ReadAsync(Guid id, ImportWish wish, CancellationToken ct)
    {
        if (await db.Imports.SingleOrDefaultAsync(i => i.Id == id && i.State == ImportState.Uploaded, ct) is not { } row)
            return (null, new(0, [], []), null, [new("", "这次导入已经办理，或者不存在。", "This import was carried out, or there is none.")]);
        var columns = ColumnsOf(row);
        if (wish.Fields is { } fields) columns = columns with { Fields = [.. columns.Headers.Select((_, i) => i < fields.Count && ImportColumns.Fillable.Contains(fields[i]) ? fields[i] : null)] };
        var problems = new List<FieldProblem>();
        if (columns.Missing.Count > 0) problems.Add(new("Fields", "姓名、工作单位、专业、登记邮箱四项都要对应到列。", "Name, employer, specialties and address each need a column."));
        if (columns.Twice.Count > 0) problems.Add(new("Fields", "同一项内容不能对应两列。", "One field can't have two columns."));
        if (string.IsNullOrWhiteSpace(wish.Approval)) problems.Add(new("Approval", "请填写批准聘任的文号或者决定。", "Name the decision by which they were appointed."));
        else if (wish.Approval.Length > 100) problems.Add(new("Approval", "最多 100 字。", "At most 100 characters."));
        if (wish.TermFrom is null) problems.Add(new("TermFrom", "请填写聘期起。", "Enter the first day of the term."));
        if (wish.TermTo is null || wish.TermTo < wish.TermFrom) problems.Add(new("TermTo", "请填写聘期止，不早于聘期起。", "Enter the last day of the term, not before the first."));
        return (row, columns, problems.Count > 0 ? null : new(wish.Approval!.Trim(), wish.TermFrom!.Value, wish.TermTo!.Value), problems);
    }

    /// <summary>How headers were matched in earlier imports; the newest wins.</summary>
    private async Task<IReadOnlyDictionary<string, string>> RememberedAsync(CancellationToken ct)
    {
        var remembered = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var json in await db.Imports.Where(i => i.State != ImportState.Uploaded).OrderByDescending(i => i.At).Select(i => i.Columns).Take(20).ToListAsync(ct))
        {
            if (JsonSerializer.Deserialize<ImportColumns>(json) is not { } columns) continue;
            foreach (var (header, field) in columns.Headers.Zip(columns.Fields))
                if (field is not null) remembered.TryAdd(ImportColumns.Plain(header), field);
        }

        return remembered;
    }
}
