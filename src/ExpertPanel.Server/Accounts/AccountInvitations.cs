using System.Globalization;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Letters;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Accounts;

/// <summary>Whom an invitation is for, as its page shows it.</summary>
/// <param name="Open">Neither used, nor expired, nor overtaken by a newer one.</param>
public sealed record InvitedAccount(Guid TenantId, Guid InvitationId, Guid UserId, string OfficeName, string UserName, string DisplayName, bool Open);

/// <summary>
/// Accounts whose holders choose the password themselves, behind a link mailed to them: nobody else ever knows it. The link is good once and
/// for seven days; the second factor follows at the first sign-in.
/// </summary>
public sealed class AccountInvitations(PanelDbFactory databases, ReplyTokens tokens, IOptions<MailOptions> options, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int GoodForDays = 7;

    /// <summary>Adds the invitation and its letter to the unit of work that makes the account.</summary>
    public void Invite(PanelDb db, AppUser user)
    {
        var (now, id, letter) = (HistoryChain.Storable(clock.GetUtcNow()), Guid.CreateVersion7(), Guid.CreateVersion7());
        var expires = HistoryChain.Storable(ChinaTime.EndOfDay(ChinaTime.LocalDate(now).AddDays(GoodForDays)));
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [LetterSource.QuestionFact] = id.ToString(),
            ["account"] = user.UserName ?? "",
            ["person"] = user.DisplayName,
            ["until"] = ChinaTime.LocalDate(expires).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        db.AccountInvitations.Add(new()
        {
            Id = id,
            UserId = user.Id,
            Address = user.Email ?? "",
            TokenHash = ReplyTokens.HashOf(tokens.AccountInvitationOf(db.TenantId, id)),
            InvitedAt = now,
            ExpiresAt = expires,
        });
        db.Letters.Add(new()
        {
            Id = letter,
            MatterId = Guid.Empty,
            Kind = LetterKinds.AccountInvitation,
            ToName = user.DisplayName,
            ToAddress = user.Email ?? "",
            Facts = JsonSerializer.Serialize(facts, MatterCommands.Json),
            MessageId = $"{letter:N}@{options.Value.Domain}",
            CreatedAt = now,
            NextAttemptAt = now,
        });
    }

    /// <summary>Null where no invitation has this token.</summary>
    public async Task<InvitedAccount?> FindAsync(string token, CancellationToken ct)
    {
        if (token.Length != ReplyTokens.Length) return null;
        TenantWork? found;
        await using (var anywhere = databases.Create(Guid.Empty)) found = await CrossTenant.FindAccountInvitationAsync(anywhere, ReplyTokens.HashOf(token), ct);
        if (found is null) return null;
        await using var db = databases.Create(found.TenantId);
        var row = await db.AccountInvitations.AsNoTracking().SingleAsync(i => i.Id == found.Id, ct);
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == row.UserId, ct);
        var newest = await db.AccountInvitations.Where(i => i.UserId == row.UserId).MaxAsync(i => i.InvitedAt, ct);
        var office = await db.Committees.Where(c => c.Id == found.TenantId).Select(c => c.OfficeName).SingleAsync(ct);
        return new(found.TenantId, row.Id, user.Id, office, user.UserName ?? "", user.DisplayName,
            row.AcceptedAt is null && clock.GetUtcNow() <= row.ExpiresAt && row.InvitedAt == newest && user is { Disabled: false, PasswordHash: null });
    }

    /// <summary>Gives the account its password, once. Fails with what is wrong with the password, or as a lost race.</summary>
    public async Task<IdentityResult> AcceptAsync(InvitedAccount invited, string password, string origin, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.EnterTenant(invited.TenantId);
        var (db, users) = (services.GetRequiredService<PanelDb>(), services.GetRequiredService<UserManager<AppUser>>());
        var user = await db.Users.SingleAsync(u => u.Id == invited.UserId, ct);
        var holder = new Actor(user.Id.ToString(), user.DisplayName, user.Roles.ToHashSet(), origin);
        return await services.GetRequiredService<RecordedChange>().RunAsync(holder, "acceptAccountInvitation", new { invited.InvitationId, user.Id }, async () =>
        {
            var row = await db.AccountInvitations.SingleAsync(i => i.Id == invited.InvitationId && i.AcceptedAt == null, ct);
            row.AcceptedAt = HistoryChain.Storable(clock.GetUtcNow());
            user.MustChangePassword = false;
            return await users.AddPasswordAsync(user, password);
        }, ct);
    }
}
