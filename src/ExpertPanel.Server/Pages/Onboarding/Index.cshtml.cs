using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Onboarding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Onboarding;

/// <summary>One's own committee, and those below that have begun and do not run yet, each with how far it has come.</summary>
public sealed class IndexModel(PanelDb db, PanelDbFactory databases, CurrentActor current, TimeProvider clock) : PageModel
{
    public OnboardingProgress? Own { get; private set; }

    public IReadOnlyList<OnboardingProgress> Begun { get; private set; } = [];

    public bool MayFound { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        MayFound = (await current.GetAsync()).Roles.Overlaps(CommitteeFounding.MayFound);
        Own = await OnboardingProgress.ReadAsync(db, clock, cancellationToken);
        if (!MayFound) return;
        var begun = new List<OnboardingProgress>();
        foreach (var place in await db.Committees.AsNoTracking().Where(c => !c.Live && c.Id != db.TenantId).OrderBy(c => c.Order).ThenBy(c => c.Code).ToListAsync(cancellationToken))
        {
            if (!await CommitteeBelow.IsBelowAsync(db, place, cancellationToken)) continue;
            await using var below = databases.Create(place.Id);
            if (await below.Rules.AnyAsync(cancellationToken)) begun.Add(await OnboardingProgress.ReadAsync(below, clock, cancellationToken));
        }

        Begun = begun;
    }
}
