using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Reviews;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>更正或撤销: what was issued is not edited; a new linked matter begins.</summary>
public sealed class CorrectModel(MatterAccess access, CommandDesk desk, Words words) : PageModel
{
    private const string Command = "registerCorrection";

    private static readonly Role[] By = [Role.CaseHandler, Role.DivisionHead];

    public OpenMatter? Open { get; private set; }

    public CommandForm? Form { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken)
    {
        if (await OpenAsync(number, cancellationToken) is { } answer) return answer;
        if (Open is not { } open) return NotFound();
        var input = CommandPrefill.For(Command, open.Matter, open.Rules, open.Calendar, open.Me.ActingAs(By), open.Now);
        Show(open, input, await desk.ChoicesAsync(cancellationToken), []);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string number, CancellationToken cancellationToken)
    {
        if (await OpenAsync(number, cancellationToken) is { } answer) return answer;
        if (Open is not { } open) return NotFound();
        var choices = await desk.ChoicesAsync(cancellationToken);
        var input = FormInput.Posted(Request.Form, typeof(RegisterCorrection));
        input.Set(nameof(RegisterCorrection.LinkedNumber), open.Matter.Number);
        var outcome = await desk.RunAsync(null, CommandDesk.Read(Command, input, choices), open.Me.ActingAs(By), input.One(CommandForm.KeyField), cancellationToken);
        if (outcome is { Done: true, Result.Matter: { } matter })
        {
            this.Notice(words["Register.Done", matter.Number]);
            return LocalRedirect($"/matters/{matter.Number}");
        }

        outcome.AddTo(ModelState);
        Show(open, input, choices, outcome.Problems);
        return Page();
    }

    private async Task<IActionResult?> OpenAsync(string number, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        Open = await access.FindAsync(number, cancellationToken);
        return Open is null ? NotFound() : Open.Me.Roles.Overlaps(By) ? null : Forbid();
    }

    private void Show(OpenMatter open, FormInput input, FormChoices choices, IReadOnlyList<FieldProblem> problems)
    {
        var form = desk.Form(Command, input, choices, problems);
        Form = form with
        {
            BackUrl = open.Url,
            // The original is this matter: it goes along unseen. Only the two kinds of a correction are offered.
            Fields = [.. form.Fields.Select(Fit)],
        };
    }

    private static FormField Fit(FormField field) => field.Field.Name switch
    {
        nameof(RegisterCorrection.LinkedNumber) => field with { Field = field.Field with { Type = "hidden" } },
        nameof(RegisterCorrection.Kind) => field with
        {
            Field = field.Field with { Choices = [.. field.Field.Choices.Where(c => c.Value is nameof(LinkKind.Correction) or nameof(LinkKind.Revocation))] },
        },
        _ => field,
    };
}
