using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Onboarding;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Onboarding;

public sealed record InvitedPerson(Guid Id, string DisplayName, IReadOnlyList<Role> Roles, string Address, bool Accepted);

/// <summary>组建一个委员会: its steps, each with what it needs and the act that does it. Left and opened again it stands where the committee stands.</summary>
public sealed class CommitteeModel(PanelDb own, PanelDbFactory databases, IServiceScopeFactory scopes, CurrentActor current, TimeProvider clock, Words words) : PageModel
{
    public OnboardingProgress? Progress { get; private set; }

    public InheritedRules? Rules { get; private set; }

    public IReadOnlyList<InvitedPerson> Invited { get; private set; } = [];

    public RehearsalResult? Rehearsed { get; private set; }

    public bool IsOwn { get; private set; }

    /// <summary>The system administrator, here or above.</summary>
    public bool MayAdminister { get; private set; }

    public bool MayAct { get; private set; }

    public Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken) => WithinAsync(code, null, null, cancellationToken);

    public Task<IActionResult> OnPostRulesAsync(string code, int version, string? decision, CancellationToken cancellationToken) =>
        WithinAsync(code, OnboardingActs.MayApprove, Act("Onboarding.RulesApproved", (acts, actor) => acts.ApproveRulesAsync(actor, version, decision?.Trim(), cancellationToken)), cancellationToken);

    public Task<IActionResult> OnPostInviteAsync(string code, Guid id, CancellationToken cancellationToken) =>
        WithinAsync(code, OnboardingActs.MayGoLive, Act("Onboarding.WasInvited", (acts, actor) => acts.InviteAgainAsync(actor, id, cancellationToken)), cancellationToken);

    public Task<IActionResult> OnPostLiveAsync(string code, string? reason, CancellationToken cancellationToken) =>
        WithinAsync(code, OnboardingActs.MayGoLive, Act("Onboarding.WentLive", (acts, actor) => acts.GoLiveAsync(actor, reason?.Trim(), cancellationToken)), cancellationToken);

    public Task<IActionResult> OnPostRehearseAsync(string code, CancellationToken cancellationToken) => WithinAsync(code, Rehearsal.MayRehearse, async (inside, actor) =>
    {
        (Rehearsed, var problem) = await inside.GetRequiredService<Rehearsal>().RunAsync(actor, cancellationToken);
        if (problem is not null) ModelState.AddModelError(problem.Field, Words.Problem(problem));
        return null;
    }, cancellationToken);

    private Func<IServiceProvider, Actor, Task<IActionResult?>> Act(string done, Func<OnboardingActs, Actor, Task<IReadOnlyList<FieldProblem>>> act) => async (inside, actor) =>
    {
        var problems = await act(inside.GetRequiredService<OnboardingActs>(), actor);
        foreach (var problem in problems) ModelState.AddModelError(problem.Field, Words.Problem(problem));
        if (problems.Count > 0) return null;
        this.Notice(words[done]);
        return RedirectToPage();
    };

    /// <summary>Acts and shows within the committee's own walls; what isn't there and what one may not see are the same.</summary>
    private async Task<IActionResult> WithinAsync(string code, IReadOnlyList<Role>? allowed, Func<IServiceProvider, Actor, Task<IActionResult?>>? act, CancellationToken ct)
    {
        var me = await current.GetAsync();
        if (await CommitteeBelow.EnterAsync(scopes, own, code, ct) is not { } scope) return NotFound();
        await using (scope)
        {
            var db = scope.ServiceProvider.GetRequiredService<PanelDb>();
            IsOwn = db.TenantId == own.TenantId;
            MayAdminister = me.Is(Role.SystemAdministrator);
            // Above, only the system administrator brings up committees.
            if (!IsOwn && !MayAdminister) return NotFound();
            MayAct = MayAdminister || (IsOwn && me.Roles.Overlaps(OnboardingActs.MayApprove));
            if (allowed is not null && !me.Roles.Overlaps(allowed)) return Forbid();
            if (act is not null && await act(scope.ServiceProvider, me.ActingAs(allowed ?? [])) is { } answer) return answer;
            await ShowAsync(db, ct);
            return Page();
        }
    }

    private async Task ShowAsync(PanelDb db, CancellationToken ct)
    {
        Progress = await OnboardingProgress.ReadAsync(db, clock, ct);
        Rules = await InheritedRules.ReadAsync(db, databases, ct);
        var invited = await db.AccountInvitations.AsNoTracking().Select(i => i.UserId).Distinct().ToListAsync(ct);
        Invited =
        [
            .. (await db.Users.AsNoTracking().Where(u => u.TenantId == db.TenantId && invited.Contains(u.Id) && !u.Disabled).OrderBy(u => u.UserName).ToListAsync(ct))
                .Select(u => new InvitedPerson(u.Id, u.DisplayName, [.. u.Roles], u.Email ?? "", u.PasswordHash is not null)),
        ];
    }
}
