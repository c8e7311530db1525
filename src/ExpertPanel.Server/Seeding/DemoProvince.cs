using System.Security.Cryptography;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Seeding;

/// <summary>The demo province before its matters: 101 places, the province's committee in service, its bank and its accounts.</summary>
internal sealed class DemoProvince(IServiceProvider services, SeedFiles seeds, DateTimeOffset now)
{
    public const string Code = "620000";

    private const int Experts = 370;
    private const int Seats = 17;
    private const string Begun = "beginDemo";
    private const string Complete = "completeDemo";

    private readonly PanelDbFactory databases = services.GetRequiredService<PanelDbFactory>();

    public Guid TenantId { get; private set; }

    public async Task AddCommitteeAsync(CancellationToken ct)
    {
        await using (var db = databases.Create(Guid.Empty))
        {
            await CommitteeSetup.AddPlacesAsync(db, seeds, ct);
            TenantId = await db.Committees.Where(c => c.Code == Code).Select(c => c.Id).SingleAsync(ct);
        }

        await using (var db = databases.Create(TenantId))
            await CommitteeSetup.AdoptDefaultsAsync(db, await db.Committees.SingleAsync(c => c.Id == TenantId, ct), seeds, now, ct);
    }

    /// <summary>Whether the demo may be, or goes on being, put into this committee: an office's own data is never mixed with made-up people.</summary>
    public async Task<bool> MayAsync(CancellationToken ct)
    {
        await using var db = databases.Create(TenantId);
        return await HasAsync(db, Begun, ct) || !(await db.Users.AnyAsync(u => u.TenantId == TenantId, ct) || await db.Experts.AnyAsync(ct) || await db.Matters.AnyAsync(ct));
    }

    public async Task<bool> IsCompleteAsync(CancellationToken ct)
    {
        await using var db = databases.Create(TenantId);
        return await HasAsync(db, Complete, ct);
    }

    public Task CompleteAsync(int acts, CancellationToken ct) =>
        RecordAsync(Complete, new { acts }, _ => Task.FromResult(IdentityResult.Success), ct);

    /// <summary>The bank and the accounts in one transaction, so that a password that was made was also printed.</summary>
    /// <returns>The one-time password; null where the accounts were there.</returns>
    public async Task<string?> AddPeopleAsync(IReadOnlyList<DemoAccount> accounts, bool mustChangePassword, CancellationToken ct)
    {
        await using (var db = databases.Create(TenantId))
            if (await HasAsync(db, Begun, ct)) return null;
        var password = OneTimePassword();
        await RecordAsync(Begun, new { accounts = accounts.Select(a => a.Name), Experts, Seats }, async scope =>
        {
            var (db, users) = (scope.GetRequiredService<PanelDb>(), scope.GetRequiredService<UserManager<AppUser>>());
            db.Experts.AddRange(MadeUpBank.Of(seeds, Experts, Seats, Workflows.Deadlines.ChinaTime.LocalDate(now)));
            foreach (var account in accounts)
            {
                var result = await users.CreateAsync(User(account, mustChangePassword), password);
                if (!result.Succeeded) return result;
            }

            return IdentityResult.Success;
        }, ct);
        return password;
    }

    public async Task<IReadOnlyList<AppUser>> UsersAsync(CancellationToken ct)
    {
        await using var db = databases.Create(TenantId);
        return await db.Users.AsNoTracking().Where(u => u.TenantId == TenantId).ToListAsync(ct);
    }

    private AppUser User(DemoAccount account, bool mustChangePassword) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = TenantId,
        UserName = account.Name,
        DisplayName = account.DisplayName,
        Division = account.Division,
        SponsoringUnit = account.SponsoringUnit,
        Roles = [.. account.Roles],
        MustChangePassword = mustChangePassword,
    };

    private Task<bool> HasAsync(PanelDb db, string command, CancellationToken ct) => db.History.AnyAsync(h => h.StreamId == TenantId && h.Command == command, ct);

    private async Task RecordAsync(string command, object facts, Func<IServiceProvider, Task<IdentityResult>> change, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.EnterTenant(TenantId);
        var result = await scope.ServiceProvider.GetRequiredService<RecordedChange>()
            .RunAsync(Actor.System("cli demo"), command, facts, () => change(scope.ServiceProvider), ct);
        if (!result.Succeeded) throw new InvalidDataException($"seeds/demo: {string.Join("; ", result.Errors.Select(e => $"{e.Code}: {e.Description}"))}");
    }

    /// <summary>16 of 32 signs that can't be mistaken for each other: 80 bits.</summary>
    private static string OneTimePassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 4)));
}
