using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Server.Upgrades;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Rules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Settings;

/// <summary>
/// Every setting with its source on one form, also those that the committee's rules lack; a problem shows at its field and nothing is saved
/// until all are right.
/// </summary>
public sealed class EditModel(PanelDb db, RulesEditor editor, UpgradeFinder upgrades, CurrentActor current, Words words) : PageModel
{
    private static readonly Role[] MayEdit = [Role.SystemAdministrator, Role.DivisionHead];

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public Dictionary<string, SettingInput> Settings { get; set; } = new(StringComparer.Ordinal);

    public CommitteeRules Rules { get; private set; } = new(0, []);

    /// <summary>What the program knows and the committee's rules lack, with its default. It becomes a rule once it is changed or confirmed.</summary>
    public IReadOnlyList<RuleSetting> Lacking { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Version = Rules.Version;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        List<RuleSetting> after = [.. Rules.Settings.Select(Edited), .. Lacking.Select(Edited).Where(s => !s.IsDefault)];
        if (Version != Rules.Version) ModelState.AddModelError("", words["Settings.Outdated"]);
        foreach (var setting in after)
            if (CommitteeRules.ProblemOf(setting) is { } problem)
                ModelState.AddModelError(FieldOf(setting.Key, string.IsNullOrWhiteSpace(setting.Source) ? "Source" : "Value"), InLanguage(problem));
        if (ModelState.IsValid && after.SequenceEqual(Rules.Settings)) ModelState.AddModelError("", words["Settings.Nothing"]);
        if (!ModelState.IsValid) return Page();
        var result = await editor.SaveAsync(await current.ActingAsAsync(MayEdit), Rules, after, cancellationToken);
        ModelState.Add("", result);
        if (!result.Succeeded) return Page();
        this.Notice(words["Settings.Saved", Rules.Version + 1]);
        return RedirectToPage("/Settings/Index");
    }

    public static string FieldOf(string key, string part) => $"Settings[{key}].{part}";

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        (Rules, _, _) = await editor.NewestAsync(cancellationToken);
        Lacking = [.. (await upgrades.FindAsync(db, cancellationToken)).RuleChanges.Where(d => d.Change == SettingChange.Added).Select(d => d.Shipped)];
    }

    /// <summary>What was changed is the committee's own; what was only confirmed is too.</summary>
    private RuleSetting Edited(RuleSetting before)
    {
        if (!Settings.TryGetValue(before.Key, out var posted)) return before;
        var after = before with { Value = posted.Value?.Trim() ?? "", Source = posted.Source?.Trim() ?? "" };
        return after with { IsDefault = before.IsDefault && after == before && !posted.Confirmed };
    }

    /// <summary>The rules say their problems in both languages, divided by a slash.</summary>
    private static string InLanguage(string problem) => problem.Split(" / ") is [var zh, var en] ? Words.InEnglish ? en : zh : problem;

    public sealed class SettingInput
    {
        public string? Value { get; set; }

        public string? Source { get; set; }

        public bool Confirmed { get; set; }
    }
}
