using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Settings;

/// <summary>One entry of the table of organisations' names: changed, added or removed.</summary>
public sealed class OrganisationModel(OrganisationEditor editor, CurrentActor current, Words words) : PageModel
{
    public const string VersionField = "__version";

    internal static readonly Role[] MayEdit = [Role.Secretariat, Role.SystemAdministrator, Role.DivisionHead];

    /// <summary>The entry's name before; none for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "entry")]
    public string? Before { get; set; }

    public int Version { get; private set; }

    public IReadOnlyList<FormField> Fields { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await MayAsync()) return Forbid();
        var (version, entries) = await editor.NewestAsync(cancellationToken);
        Version = version;
        var entry = entries.FirstOrDefault(e => e.Name == Before);
        if (Before is not null && entry is null) return NotFound();
        Show(FormInput.Of(entry is null ? new Dictionary<string, object?>() : new Dictionary<string, object?>
        {
            [nameof(OrganisationChange.Name)] = entry.Name,
            [nameof(OrganisationChange.OtherNames)] = entry.OtherNames,
            [nameof(OrganisationChange.Affiliated)] = entry.Affiliated,
            [nameof(OrganisationChange.Leaders)] = entry.Leaders,
            [nameof(OrganisationChange.Source)] = entry.Source,
        }), []);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (!await MayAsync()) return Forbid();
        Version = FieldText.TryWhole(Request.Form[VersionField].ToString(), out var version) ? version : -1;
        var input = FormInput.Posted(Request.Form, typeof(OrganisationChange));
        var bound = CommandBinder.Bind<OrganisationChange>(input, new([], []));
        var problems = bound.Problems.Count > 0 ? bound.Problems : await editor.SaveAsync(await current.ActingAsAsync(MayEdit), Version, Before, bound.Value, cancellationToken);
        if (problems.Count == 0)
        {
            this.Notice(words["Organisations.Saved"]);
            return LocalRedirect("/settings/organisations");
        }

        foreach (var problem in problems) ModelState.AddModelError(problem.Field, Words.Problem(problem));
        Show(input, problems);
        return Page();
    }

    private async Task<bool> MayAsync() => (await current.GetAsync()).Roles.Overlaps(MayEdit);

    private void Show(FormInput input, IReadOnlyList<FieldProblem> problems) => Fields = new FormFields(input, new([], []), problems, words).Of(typeof(OrganisationChange));
}
