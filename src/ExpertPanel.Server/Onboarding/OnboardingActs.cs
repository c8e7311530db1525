using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Rules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Onboarding;

/// <summary>What a committee decides on its way: to adopt the rules it was given, to invite an administrator again, to go live.</summary>
public sealed class OnboardingActs(PanelDb db, UserManager<AppUser> users, AccountInvitations invitations, RecordedChange change, CommitteeSettings settings, TimeProvider clock)
{
    public const int LongestText = 500;

    /// <summary>The same people who may change the rules.</summary>
    public static IReadOnlyList<Role> MayApprove { get; } = [Role.SystemAdministrator, Role.DivisionHead];

    public static IReadOnlyList<Role> MayGoLive { get; } = [Role.SystemAdministrator];

    /// <summary>The given rules become the committee's own, next version, on the decision named. Each setting keeps its source.</summary>
    /// <param name="from">The version that was shown.</param>
    public async Task<IReadOnlyList<FieldProblem>> ApproveRulesAsync(Actor actor, int from, string? decision, CancellationToken ct)
    {
        if (Blank(decision, "Decision", "请填写批准文号或者决定。", "Name the decision or its number.") is { } blank) return [blank];
        var row = await db.Rules.AsNoTracking().OrderByDescending(r => r.Version).FirstOrDefaultAsync(ct);
        if (row is null) return [new("", "这个委员会还没有规则。", "This committee has no rules yet.")];
        if (row.Version != from) return [new("", "您打开后已有人保存了新的一版，请重新打开核对。", "Somebody saved a newer version after you opened this; open it again.")];
        if (row.ApprovedBy != CommitteeSetup.NotApproved) return [new("", "规则已经批准。", "The rules are approved already.")];
        var rules = CommitteeRules.Read(row.Json).Rules ?? throw new InvalidOperationException("The stored rules can't be read.");
        var next = new RulesRow { Version = row.Version + 1, Json = CommitteeSetup.ToJson(rules with { Version = row.Version + 1 }), ApprovedBy = actor.Name, At = HistoryChain.Storable(clock.GetUtcNow()) };
        var result = await change.RunAsync(actor, "approveRules", new { next.Version, from, decision }, context => context.Rules.Add(next), ct);
        settings.Forget(db.TenantId);
        return result.Succeeded ? [] : [new("", "刚刚有人也在修改规则，请重新打开核对。", "Somebody else was changing the rules; open them again.")];
    }

    /// <summary>启用. Whoever skips the rehearsal or has no members yet says why.</summary>
    public async Task<IReadOnlyList<FieldProblem>> GoLiveAsync(Actor actor, string? reason, CancellationToken ct)
    {
        var progress = await OnboardingProgress.ReadAsync(db, clock, ct);
        if (progress.Live) return [new("", "已经启用。", "It is live already.")];
        if (progress.Missing.Count > 0) return [new("", "还有必办的步骤没有完成。", $"These steps are missing: {string.Join(", ", progress.Missing)}.")];
        var skipped = progress.Steps.Where(s => s is { Done: false, Needed: false }).Select(s => s.Step).ToList();
        if (skipped.Count > 0 && Blank(reason, "Reason", "有步骤没有办理，请填写先行启用的理由。", "Steps were left out; say why it goes live without them.") is { } blank) return [blank];
        var result = await change.RunAsync(actor, "goLive", new { skipped, reason }, async () =>
        {
            (await db.Committees.SingleAsync(c => c.Id == db.TenantId, ct)).Live = true;
            return IdentityResult.Success;
        }, ct);
        return result.Succeeded ? [] : [new("", "刚刚有人也在修改，请重新打开。", "Somebody else was changing this; open it again.")];
    }

    /// <summary>Whoever has no password yet gets another link; the older one ends.</summary>
    public async Task<IReadOnlyList<FieldProblem>> InviteAgainAsync(Actor actor, Guid userId, CancellationToken ct)
    {
        if (await users.Users.SingleOrDefaultAsync(u => u.Id == userId && u.TenantId == db.TenantId && !u.Disabled, ct) is not { PasswordHash: null, Email.Length: > 0 } user)
            return [new("", "这个账号不存在，或者已经设置密码。", "There is no such account, or it has its password.")];
        var result = await change.RunAsync(actor, "inviteAgain", new { user.Id, user.UserName }, context => invitations.Invite(context, user), ct);
        return result.Succeeded ? [] : [new("", "刚刚有人也在修改，请重新打开。", "Somebody else was changing this; open it again.")];
    }

    private static FieldProblem? Blank(string? text, string field, string zh, string en) =>
        string.IsNullOrWhiteSpace(text) ? new(field, zh, en) : text.Length > LongestText ? new(field, $"最多 {LongestText} 字。", $"At most {LongestText} characters.") : null;
}
