using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Files;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>登记: the clerk enters what came in; a sponsoring unit submits its own.</summary>
public sealed class RegisterModel(CommandDesk desk, CurrentActor current, FileStore files, ProcessRunner runner, PanelDb db, TimeProvider clock, Words words) : PageModel
{
    private const string Command = "registerMatter";

    /// <summary>The two files that come with a submission.</summary>
    private static readonly FileKind[] Kinds = [FileKind.SubmissionLetter, FileKind.DraftForReview];

    public CommandForm? Form { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = await current.GetAsync();
        Show(CommandPrefill.Registration(clock.GetUtcNow(), OwnUnit(me)), await desk.ChoicesAsync(cancellationToken), []);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var (me, choices) = (await current.GetAsync(), await desk.ChoicesAsync(cancellationToken));
        var input = FormInput.Posted(Request.Form, typeof(RegisterMatter));
        if (OwnUnit(me) is { } unit)
        {
            // A sponsor submits for its own unit and no other, now and here, whatever the form was made to say.
            input.Set(nameof(RegisterMatter.SponsoringUnit), unit);
            input.Set(nameof(RegisterMatter.Channel), IntakeChannel.Web);
            input.Set(nameof(RegisterMatter.ReceivedAt), clock.GetUtcNow());
        }

        var handed = new List<(FileKind Kind, HandedFile File)>();
        foreach (var kind in Kinds)
            if (await Uploads.ReadAsync(Request.Form.Files[kind.ToString()], cancellationToken) is { } file) handed.Add((kind, file));
        var bound = CommandDesk.Read(Command, input, choices);
        foreach (var (kind, file) in handed)
            if (await files.RefuseAsync(db.TenantId, null, file, kind.ToString(), me.Own, cancellationToken) is { } refused) bound = bound with { Problems = [.. bound.Problems, refused] };
        var actor = me.ActingAs([Role.RegistryClerk, Role.Sponsor]);
        var outcome = await desk.RunAsync(null, bound, actor, input.One(CommandForm.KeyField), cancellationToken);
        if (outcome is { Done: true, Result.Matter: { } matter })
        {
            foreach (var (kind, file) in handed)
                await runner.RunAsync(db.TenantId, matter.Id, await files.StoreAsync(db.TenantId, matter.Id, kind, file, cancellationToken), actor, null, cancellationToken);
            this.Notice(words["Register.Done", matter.Number]);
            return LocalRedirect($"/matters/{matter.Number}");
        }

        outcome.AddTo(ModelState);
        Show(input, choices, outcome.Problems);
        return Page();
    }

    private static string? OwnUnit(SignedIn me) => me.Is(Role.RegistryClerk) ? null : me.SponsoringUnit ?? "";

    private void Show(FormInput input, FormChoices choices, IReadOnlyList<FieldProblem> problems) =>
        Form = desk.Form(Command, input, choices, problems) with
        {
            BackUrl = "/matters",
            Uploads =
            [
                .. Kinds.Select(kind => new FieldModel(kind.ToString(), words.Of(kind))
                {
                    Type = "file", Optional = true, Hint = words["File.Hint"],
                    Errors = [.. problems.Where(p => p.Field == kind.ToString()).Select(Words.Problem)],
                }),
            ],
        };
}
