using System.Collections.Concurrent;
using System.Text.Json;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Experts;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Importing;

/// <summary>How many rows of a running import were read; asked by its page. It is lost with the process, the import isn't.</summary>
public sealed class ImportProgress
{
    private readonly ConcurrentDictionary<Guid, int> read = new();

    public int Of(Guid import) => read.GetValueOrDefault(import);

    public void Set(Guid import, int rows) => read[import] = rows;
}

/// <summary>
/// Carries out the imports that were ordered: all rows that may enter, the refused ones as a file, and the row of the committee's history, in
/// one transaction. Whoever dies in the middle has written nothing, and the next one begins anew.
/// </summary>
public sealed class ImportRunner(PanelDbFactory databases, IServiceScopeFactory scopes, SpecialtyNames specialties, ImportProgress progress, TimeProvider clock, ILogger<ImportRunner> log)
{
    private const int Tries = 3;

    /// <returns>How many were carried out.</returns>
    public async Task<int> RunDueAsync(int most, CancellationToken ct)
    {
        List<TenantWork> due;
        await using (var anywhere = databases.Create(Guid.Empty)) due = await CrossTenant.ImportsToRunAsync(anywhere, most, ct);
        foreach (var work in due) await RunAsync(work, ct);
        return due.Count;
    }

    private async Task RunAsync(TenantWork work, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.EnterTenant(work.TenantId);
            var db = scope.ServiceProvider.GetRequiredService<PanelDb>();
            if (await db.Imports.AsNoTracking().SingleAsync(i => i.Id == work.Id, ct) is not { State: ImportState.Waiting, Content: { } content, Order: { } said } import) return;
            var (columns, order) = (JsonSerializer.Deserialize<ImportColumns>(import.Columns)!, JsonSerializer.Deserialize<ImportOrder>(said)!);
            try
            {
                var check = await ImportCheck.RunAsync(db, content, columns, order, specialties.Codes, rows => progress.Set(import.Id, rows), ct);
                var refused = check.Refused.Count == 0 ? null : RefusedRows.Write(columns, check.Refused);
                if (await WriteAsync(scope.ServiceProvider, import, order, check, refused, ct)) return;
            }
            catch (ImportFileException fault)
            {
                await FailAsync(db, import.Id, fault.Zh, ct);
                return;
            }
        }

        await using var last = databases.Create(work.TenantId);
        await FailAsync(last, work.Id, "导入期间人才库一直有人修改，请稍后再试。", ct);
    }

    /// <summary>False where somebody else changed the bank meanwhile; then all is judged again.</summary>
    private async Task<bool> WriteAsync(IServiceProvider services, ImportRow import, ImportOrder order, ImportCheck check, byte[]? refused, CancellationToken ct)
    {
        var db = services.GetRequiredService<PanelDb>();
        var actor = new Actor(import.ById, import.By, new HashSet<Role> { Role.Secretariat }, "import");
        var facts = new { import.Id, import.FileName, import.Sha256, order.Approval, order.TermFrom, order.TermTo, imported = check.Ready.Count, refused = check.Refused.Count };
        var result = await services.GetRequiredService<RecordedChange>().RunAsync(actor, "importExperts", facts, async () =>
        {
            var numbers = new BankNumbers(await db.Experts.Select(e => e.BankNumber).ToListAsync(ct));
            foreach (var ready in check.Ready)
            {
                var row = ExpertCards.Of(ready.Expert, ready.BankNumber ?? numbers.Next());
                row.ImportId = import.Id;
                await PreparedWrites.InsertAsync(db, row, ct);
                await PreparedWrites.InsertAsync(db, new ExpertAddressRow { Id = Guid.CreateVersion7(), ExpertId = row.Id, Address = ready.Expert.Address, Primary = true }, ct);
            }

            var kept = await db.Imports.SingleAsync(i => i.Id == import.Id, ct);
            if (kept.State != ImportState.Waiting) return IdentityResult.Failed();
            (kept.State, kept.Imported, kept.Refused, kept.RefusedFile, kept.Content, kept.Fault, kept.DoneAt) = (ImportState.Done, check.Ready.Count, check.Refused.Count, refused, null, null, HistoryChain.Storable(clock.GetUtcNow()));
            kept.Version++;
            return IdentityResult.Success;
        }, ct);
        if (result.Succeeded) log.LogInformation("Import {Import}: {Imported} experts in, {Refused} rows refused", import.Id, check.Ready.Count, check.Refused.Count);
        return result.Succeeded;
    }

    private async Task FailAsync(PanelDb db, Guid id, string fault, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        db.ChangeTracker.Clear();
        var row = await db.Imports.SingleAsync(i => i.Id == id, ct);
        (row.State, row.Fault) = (ImportState.Uploaded, fault);
        row.Version++;
        await db.SaveChangesAsync(ct);
        log.LogWarning("Import {Import} failed", id);
    }
}

public sealed class ImportWorker(ImportRunner runner, TimeProvider clock, ILogger<ImportWorker> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync("Importing", ct => runner.RunDueAsync(1, ct), clock, log, stoppingToken);
}
