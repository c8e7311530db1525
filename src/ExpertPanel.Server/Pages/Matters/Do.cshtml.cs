using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>The form of any command of a matter: one page serves them all.</summary>
public sealed class DoModel(MatterAccess access, CommandDesk desk, Words words) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "number")]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "command")]
    public string Command { get; set; } = "";

    public OpenMatter? Open { get; private set; }

    public CommandForm? Form { get; private set; }

    /// <summary>Whose invitation the command is about, where it is about one.</summary>
    public Invitation? Invitation { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await OpenAsync(Request.Query["InvitationId"], cancellationToken) is { } answer) return answer;
        if (Open is not { } open) return NotFound();
        var input = Prefilled(open);
        foreach (var hidden in HiddenNames()) input.Set(hidden, Request.Query[hidden].ToString());
        Show(open, input, await desk.ChoicesAsync(cancellationToken), []);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await OpenAsync(Request.Form["InvitationId"], cancellationToken) is { } answer) return answer;
        if (Open is not { } open) return NotFound();
        var choices = await desk.ChoicesAsync(cancellationToken);
        var input = FormInput.Posted(Request.Form, MatterCommands.Commands[Command], Prefilled(open));
        var bound = CommandDesk.Read(Command, input, choices);
        var outcome = await desk.RunAsync(open.Matter.Id, bound, Acting(open), input.One(CommandForm.KeyField), cancellationToken);
        if (outcome.Done)
        {
            this.Notice(words[outcome.Result is { Facts.Count: 0 } ? "Command.AlreadyDone" : "Command.Done", Words.Command(Command)]);
            return LocalRedirect(open.Url);
        }

        outcome.AddTo(ModelState);
        Show(open, input, choices, outcome.Problems);
        return Page();
    }

    /// <summary>Finds the matter and whether the command may be run: an answer, or null to go on.</summary>
    private async Task<IActionResult?> OpenAsync(string? invitationId, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        Open = await access.FindAsync(Number, cancellationToken);
        if (Open is not { } open || !MatterActions.IsOffered(Command) || Command == "attachFile") return NotFound();
        if (MatterActions.IsOnInvitation(Command))
        {
            Invitation = Guid.TryParse(invitationId, out var id) ? open.Matter.Panel?.Find(id) : null;
            if (Invitation is null) return NotFound();
        }

        if (MatterActions.By(open, Command) is not { } by)
        {
            // Somebody else was faster, or the link is old: no error, the matter's page says where it stands now.
            this.Notice(words["Command.NotHere", Words.Command(Command), Words.Of(open.Route.Stage(open.Matter.Stage).Name)]);
            return LocalRedirect(open.Url);
        }

        return open.Me.Roles.Overlaps(by) ? null : Forbid();
    }

    private Actor Acting(OpenMatter open) =>
        open.Me.ActingAs(MatterActions.By(open, Command) ?? [], open.Route.Stage(open.Matter.Stage).Acts == Role.Leader ? open.Matter.Responsibility?.Leader.Id : null);

    private FormInput Prefilled(OpenMatter open) => CommandPrefill.For(Command, open.Matter, open.Rules, open.Calendar, Acting(open), open.Now);

    private List<string> HiddenNames()
    {
        var type = MatterCommands.Commands[Command];
        return [.. CommandForm.HiddenIds(type), .. CommandField.Of(type).Where(f => f.Description.Kind == FieldKind.Hidden).Select(f => f.Name)];
    }

    private void Show(OpenMatter open, FormInput input, FormChoices choices, IReadOnlyList<FieldProblem> problems) =>
        Form = desk.Form(Command, input, choices, problems) with { BackUrl = open.Url };

}
