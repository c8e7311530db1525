using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Server.Upgrades;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Settings;

/// <summary>What a newer program brings, difference by difference, and the form by which somebody adopts it.</summary>
public sealed class UpgradeModel(PanelDb db, UpgradeFinder finder, UpgradeAdoption adoption, CurrentActor current, Words words) : PageModel
{
    public Upgrade? Upgrade { get; private set; }

    public bool MayAdopt { get; private set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostRouteAsync(int routeVersion, [FromForm(Name = "RouteReason")] string? routeReason, CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken)
            ? await AnswerAsync("Route", await adoption.AdoptRouteAsync(await current.ActingAsAsync(UpgradeAdoption.MayAdopt), routeVersion, routeReason?.Trim(), cancellationToken), cancellationToken)
            : Forbid();

    public async Task<IActionResult> OnPostRulesAsync(int rulesVersion, [FromForm(Name = "RulesReason")] string? rulesReason, CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken)
            ? await AnswerAsync("Rules", await adoption.AdoptRulesAsync(await current.ActingAsAsync(UpgradeAdoption.MayAdopt), rulesVersion, rulesReason?.Trim(), cancellationToken), cancellationToken)
            : Forbid();

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        Upgrade = await finder.FindAsync(db, cancellationToken);
        return MayAdopt = (await current.GetAsync()).Roles.Overlaps(UpgradeAdoption.MayAdopt);
    }

    private async Task<IActionResult> AnswerAsync(string part, UpgradeOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Problem is not { } problem)
        {
            this.Notice(words[$"Upgrade.{part}Adopted", outcome.Version]);
            return RedirectToPage();
        }

        ModelState.AddModelError(problem.Field.Length == 0 ? "" : part + problem.Field, Words.Problem(problem));
        await LoadAsync(cancellationToken);
        return Page();
    }
}
