using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Experts;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>Changes an expert's card; the same form engine as the commands, over another record.</summary>
public sealed class EditModel(PanelDb db, SpecialtyList specialties, ExpertEditor editor, CurrentActor current, Words words) : PageModel
{
    public const string VersionField = "__version";

    public ExpertRow? Expert { get; private set; }

    public IReadOnlyList<FormField> Fields { get; private set; } = [];

    public int Version { get; private set; }

    private FormChoices Choices => new([], specialties.All);

    public async Task<IActionResult> OnGetAsync(string bankNumber, CancellationToken cancellationToken)
    {
        if (await FindAsync(bankNumber, cancellationToken) is not { } e) return NotFound();
        Version = e.Version;
        Show(FormInput.Of(new Dictionary<string, object?>
        {
            [nameof(ExpertChange.Employer)] = e.Employer,
            [nameof(ExpertChange.Title)] = e.Title,
            [nameof(ExpertChange.Specialties)] = e.Specialties,
            [nameof(ExpertChange.LeaveFrom)] = e.LeaveFrom,
            [nameof(ExpertChange.LeaveTo)] = e.LeaveTo,
            [nameof(ExpertChange.FormerEmployers)] = e.FormerEmployers,
            [nameof(ExpertChange.Conflicts)] = e.Conflicts,
            [nameof(ExpertChange.Relatives)] = e.Relatives,
            [nameof(ExpertChange.Addresses)] = e.Addresses.OrderByDescending(a => a.Primary).Select(a => new ExpertMail(a.Address, a.Primary, a.VerifiedAt is not null)).ToList(),
        }), []);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string bankNumber, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (await FindAsync(bankNumber, cancellationToken) is null) return NotFound();
        Version = FieldText.TryWhole(Request.Form[VersionField].ToString(), out var version) ? version : -1;
        var input = FormInput.Posted(Request.Form, typeof(ExpertChange));
        var bound = CommandBinder.Bind<ExpertChange>(input, Choices);
        var problems = bound.Problems.Count > 0
            ? bound.Problems
            : await editor.ChangeAsync(bankNumber, Version, bound.Value, (await current.GetAsync()).ActingAs([Role.Secretariat]), cancellationToken);
        if (problems.Count == 0)
        {
            this.Notice(words["Expert.Changed"]);
            return LocalRedirect($"/experts/{bankNumber}");
        }

        foreach (var problem in problems) ModelState.AddModelError(problem.Field, Words.Problem(problem));
        Show(input, problems);
        return Page();
    }

    private async Task<ExpertRow?> FindAsync(string bankNumber, CancellationToken cancellationToken) =>
        Expert = await db.Experts.AsNoTracking().Include(e => e.Addresses).SingleOrDefaultAsync(e => e.BankNumber == bankNumber, cancellationToken);

    private void Show(FormInput input, IReadOnlyList<FieldProblem> problems) => Fields = new FormFields(input, Choices, problems, words).Of(typeof(ExpertChange));
}
