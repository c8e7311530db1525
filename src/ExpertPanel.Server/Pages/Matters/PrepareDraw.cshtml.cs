using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Panels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>The seats as asked for and what would come of them.</summary>
public sealed record DrawEffects(PrepareDraw Asked, Rehearsal Rehearsal, string MatterUrl);

/// <summary>准备抽取: the seats proposed from the matter, and beside them at every change who could take them and a preview.</summary>
public sealed class PrepareDrawModel(MatterAccess access, CommandDesk desk, DrawRehearsal rehearsal, PanelDb db, Words words) : PageModel
{
    public const string NearMatches = "draw.near-matches";

    private const string Command = "prepareDraw";

    public OpenMatter? Open { get; private set; }

    public CommandForm? Form { get; private set; }

    public DrawEffects? Effects { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken)
    {
        if (await OpenAsync(number, cancellationToken) is { } answer) return answer;
        if (Open is not { } open) return NotFound();
        var input = CommandPrefill.For(Command, open.Matter, open.Rules, open.Calendar, Acting(open), open.Now);
        await ShowAsync(open, input, await desk.ChoicesAsync(cancellationToken), [], cancellationToken);
        return Page();
    }

    /// <summary>The effects of what stands in the form; nothing is frozen.</summary>
    public async Task<IActionResult> OnPostEffectsAsync(string number, CancellationToken cancellationToken)
    {
        if (await OpenAsync(number, cancellationToken) is { } answer) return answer;
        if (Open is not { } open) return NotFound();
        await ShowAsync(open, FormInput.Posted(Request.Form, typeof(PrepareDraw)), await desk.ChoicesAsync(cancellationToken), [], cancellationToken);
        return Request.Headers.ContainsKey("HX-Request") ? Partial("_DrawEffects", Effects) : Page();
    }

    /// <summary>Takes an offer into the form: <c>1:AddSpecialty:land</c> widens the second seat. Nothing is frozen.</summary>
    public async Task<IActionResult> OnPostTakeAsync(string number, string? take, CancellationToken cancellationToken)
    {
        if (await OpenAsync(number, cancellationToken) is { } answer) return answer;
        if (Open is not { } open) return NotFound();
        var input = FormInput.Posted(Request.Form, typeof(PrepareDraw));
        SeatOffer.Read(take)?.ApplyTo(input);
        await ShowAsync(open, input, await desk.ChoicesAsync(cancellationToken), [], cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string number, CancellationToken cancellationToken)
    {
        if (await OpenAsync(number, cancellationToken) is { } answer) return answer;
        if (Open is not { } open) return NotFound();
        var choices = await desk.ChoicesAsync(cancellationToken);
        var input = FormInput.Posted(Request.Form, typeof(PrepareDraw));
        var outcome = await desk.RunAsync(open.Matter.Id, CommandDesk.Read(Command, input, choices), Acting(open), input.One(CommandForm.KeyField), cancellationToken);
        if (outcome.Done)
        {
            this.Notice(words[outcome.Result is { Facts.Count: 0 } ? "Command.AlreadyDone" : "Command.Done", Words.Command(Command)]);
            return LocalRedirect($"{open.Url}/draw");
        }

        outcome.AddTo(ModelState);
        // A draw must not wait unseen: what holds it up goes to the desk of those who decide it.
        if (outcome.Result?.Refusal?.Code == NearMatches)
            await desk.RunAsync(open.Matter.Id, new BoundCommand(new ReferNearMatches(), []), Acting(open), "", cancellationToken);
        await ShowAsync(open, input, choices, outcome.Problems, cancellationToken);
        return Page();
    }

    private async Task<IActionResult?> OpenAsync(string number, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        Open = await access.FindAsync(number, cancellationToken);
        if (Open is not { } open) return NotFound();
        if (MatterActions.By(open, Command) is not { } by)
        {
            // The form was sent while its effects were asked: what that told its reader is not to be written over.
            if (Request.Headers.ContainsKey("HX-Request")) return new NoContentResult();
            this.Notice(words["Command.NotHere", Words.Command(Command), Words.Of(open.Route.Stage(open.Matter.Stage).Name)]);
            return LocalRedirect(open.Url);
        }

        return open.Me.Roles.Overlaps(by) ? null : Forbid();
    }

    private static Actor Acting(OpenMatter open) => open.Me.ActingAs(MatterActions.By(open, Command) ?? []);

    private async Task ShowAsync(OpenMatter open, FormInput input, FormChoices choices, IReadOnlyList<FieldProblem> problems, CancellationToken cancellationToken)
    {
        Form = desk.Form(Command, input, choices, problems) with { BackUrl = open.Url };
        if (CommandDesk.Read(Command, input, choices).Command is PrepareDraw { Seats.Count: > 0 } asked)
            Effects = new(asked, await rehearsal.RunAsync(db, asked, open.Matter, (open.Route, open.Rules, open.Calendar), Acting(open), open.Now, cancellationToken), open.Url);
    }
}
