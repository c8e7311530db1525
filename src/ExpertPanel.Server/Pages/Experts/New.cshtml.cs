using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Experts;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>Enters an appointed expert into the bank.</summary>
public sealed class NewModel(SpecialtyList specialties, ExpertAppointments appointments, CurrentActor current, Words words) : PageModel
{
    public IReadOnlyList<FormField> Fields { get; private set; } = [];

    private FormChoices Choices => new([], specialties.All);

    public void OnGet() => Show(FormInput.Of(new Dictionary<string, object?>()), []);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var input = FormInput.Posted(Request.Form, typeof(NewExpert));
        var bound = CommandBinder.Bind<NewExpert>(input, Choices);
        var (number, problems) = bound.Problems.Count > 0 ? (null, bound.Problems) : await appointments.AppointAsync(bound.Value, (await current.GetAsync()).ActingAs([Role.Secretariat]), cancellationToken);
        if (number is not null)
        {
            this.Notice(words["Expert.Appointed", number]);
            return LocalRedirect($"/experts/{number}");
        }

        foreach (var problem in problems) ModelState.AddModelError(problem.Field, Words.Problem(problem));
        Show(input, problems);
        return Page();
    }

    private void Show(FormInput input, IReadOnlyList<FieldProblem> problems) => Fields = new FormFields(input, Choices, problems, words).Of(typeof(NewExpert));
}
