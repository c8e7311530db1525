using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows.Conflicts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>回避审查: who is kept out and why, and each near match with both sides beside each other, for a person to decide.</summary>
public sealed class ConflictsModel(MatterAccess access, ConflictReader reader, CommandDesk desk, PanelDb db, Words words) : PageModel
{
    private const string Command = "decideConflict";

    public OpenMatter? Open { get; private set; }

    public ConflictList List { get; private set; } = new([], [], [], []);

    /// <summary>Whether this person may decide where the matter stands.</summary>
    public bool MayDecide { get; private set; }

    /// <summary>The match whose form came back with a slip.</summary>
    public (string BankNumber, string Finding) Faulty { get; private set; }

    public string Reason { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken) =>
        await LoadAsync(number, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string number, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (!await LoadAsync(number, cancellationToken) || Open is not { } open) return NotFound();
        if (!MayDecide || MatterActions.By(open, Command) is not { } by) return Forbid();
        var input = FormInput.Posted(Request.Form, typeof(DecideConflict));
        Faulty = (input.One(nameof(DecideConflict.BankNumber)), input.One(nameof(DecideConflict.Finding)));
        Reason = input.One(nameof(DecideConflict.Reason));
        // A box left empty reads as "no": nobody is cleared by forgetting.
        if (input.One(nameof(DecideConflict.IsConflict)).Length == 0) ModelState.AddModelError(nameof(DecideConflict.IsConflict), words["Conflicts.ChooseDecision"]);
        if (!ModelState.IsValid) return Page();
        var outcome = await desk.RunAsync(
            open.Matter.Id, CommandDesk.Read(Command, input, await desk.ChoicesAsync(cancellationToken)), open.Me.ActingAs(by), input.One(CommandForm.KeyField), cancellationToken);
        if (outcome.Done)
        {
            this.Notice(words["Conflicts.Decided"]);
            return LocalRedirect($"{open.Url}/conflicts");
        }

        outcome.AddTo(ModelState);
        return Page();
    }

    private async Task<bool> LoadAsync(string number, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { AsSponsor: false } open) return false;
        Open = open;
        MayDecide = MatterActions.By(open, Command) is { } by && open.Me.Roles.Overlaps(by);
        List = await reader.ReadAsync(db, open.Matter, open.Route, open.Rules, open.Calendar, open.Now, cancellationToken);
        return true;
    }
}
