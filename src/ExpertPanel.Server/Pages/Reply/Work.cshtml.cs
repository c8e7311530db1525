using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Reply;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>The expert's desk for one matter: the pack; before the pledge accept, decline or recuse; after it the opinion, saved as it grows.</summary>
[RequestSizeLimit(MostBody)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBody)]
public sealed class WorkModel(
    ReplyDoor door, ReplyThrottle throttle, ReplySession session, ReplyDesk desk, OpinionDrafts drafts, OpinionFiles files, ProcessRunner runner, IOpinionMails mails,
    IStringLocalizer<ReplyTexts> says, Words words) : ReplyDeskPage(door, throttle, session, desk)
{
    /// <summary>Twice what one file may have, so that a file too large is refused at its field and the words are kept.</summary>
    private const long MostBody = 2 * OpinionFiles.MostBytes;

    private readonly ReplySession session = session;

    private bool changed;

    private bool filledIn;

    [BindProperty]
    public OpinionInput Input { get; set; } = new();

    [BindProperty(Name = "Input.Files")]
    public List<IFormFile> Uploaded { get; set; } = [];

    /// <summary>The attachment to take away.</summary>
    [BindProperty]
    public Guid? Remove { get; set; }

    [BindProperty]
    public AnswerInput Answer { get; set; } = new();

    /// <summary>A submitted opinion is shown; it is opened for amendment on demand.</summary>
    [BindProperty(SupportsGet = true, Name = "amend")]
    public bool Amend { get; set; }

    /// <summary>The form opens with the whole text of the mail that the opinion came by. Nothing is saved before the expert does.</summary>
    [BindProperty(SupportsGet = true, Name = "whole")]
    public bool WholeMail { get; set; }

    /// <summary>The mail by which the last version came; null when it came another way.</summary>
    public OpinionMail? LastMail { get; private set; }

    /// <summary>Which form's faults are shown: <c>accept</c>, <c>decline</c>, <c>recuse</c>, <c>opinion</c>.</summary>
    public string At { get; private set; } = "";

    public OpinionDraft Draft { get; private set; } = OpinionDraft.Empty;

    /// <summary>A filled form was uploaded, and nothing of it was taken over: what is typed differs, or it is another's.</summary>
    public bool FormNotRead { get; private set; }

    /// <summary>The session ended while something was being written: the page asks for a code and keeps the words.</summary>
    public bool Expired { get; private set; }

    public bool ShowsForm => Open.CanWrite && (Open.Invitation.State == InvitationState.Accepted || Amend || At == "opinion");

    public async Task OnGetAsync()
    {
        var ct = HttpContext.RequestAborted;
        session.Touch(HttpContext, Place);
        Amend = Amend || await drafts.IsWaitingAsync(Place, Open, ct);
        await ShowDraftAsync(ct);
        if (WholeMail && Amend && LastMail is { } mail) Input.Text = mail.Whole;
    }

    public Task<IActionResult> OnPostAcceptAsync() => AnswerAsync(new AcceptInvitation(Place.InvitationId, Answer.Pledge), "accept", "Notice.Accepted", "/work");

    public Task<IActionResult> OnPostDeclineAsync() => AnswerAsync(new DeclineInvitation(Place.InvitationId, (Answer.Reason ?? "").Trim()), "decline", "Notice.Declined", "");

    public Task<IActionResult> OnPostRecuseAsync()
    {
        if (Enum.TryParse<RecusalGround>(Answer.Ground, out var ground))
            return AnswerAsync(new RecuseExpert(Place.InvitationId, ground, string.IsNullOrWhiteSpace(Answer.Explanation) ? null : Answer.Explanation.Trim()), "recuse", "Notice.Recused", "");
        return RefuseAsync("recuse", "Answer.Ground", says["Recuse.GroundMissing"]);
    }

    public async Task<IActionResult> OnPostSaveAsync()
    {
        if (!await SaveAsync()) return ShowsForm || At.Length > 0 ? Page() : Go("/work");
        if (filledIn) return ShowFilled();
        // An autosave that found nothing new must not be read out every 20 seconds.
        if (Request.Headers.ContainsKey("HX-Request")) return changed ? Partial("_Saved", Draft) : new NoContentResult();
        if (FormNotRead) this.Notice(says["Opinion.FormNotRead"]);
        return Go("/work?amend=true#opinion");
    }

    public async Task<IActionResult> OnPostReviewAsync()
    {
        if (!await SaveAsync()) return Page();
        // What came out of a file is looked at first, and then submitted.
        if (filledIn) return ShowFilled();
        foreach (var problem in OpinionSubmission.Problems(Place, Draft)) ModelState.AddModelError($"Input.{problem.Field}", Words.Problem(problem));
        if (ModelState.IsValid) return Go("/confirm");
        At = "opinion";
        return Page();
    }

    public async Task<IActionResult> OnPostLeaveAsync()
    {
        await session.EndAsync(HttpContext, Place, HttpContext.RequestAborted);
        return Go();
    }

    protected override Task<IActionResult> AskAgainAsync(CancellationToken ct)
    {
        if (!Input.HasWords) return base.AskAgainAsync(ct);
        ModelState.Clear();
        Expired = true;
        return Task.FromResult<IActionResult>(Request.Headers.ContainsKey("HX-Request") ? Partial("_NotSaved", Place) : Page());
    }

    /// <summary>False where a file was refused, or nothing can be written any more; the page then says why.</summary>
    private async Task<bool> SaveAsync()
    {
        var ct = HttpContext.RequestAborted;
        ModelState.Clear();
        At = "opinion";
        if (!Open.CanWrite)
        {
            ModelState.AddModelError("", says["Opinion.Closed", Place.Contact]);
            Draft = Input.ToDraft();
            return false;
        }

        var before = await drafts.LoadAsync(Place, Open, ct);
        var uploads = await files.ReadAsync(Place, Uploaded, before.Files.Count, ct);
        var typed = Input.ToDraft();
        var filled = uploads.Forms is [{ Recuses: false } form] && IsForHere(form) ? typed.FilledBy(form, OpinionFiles.StandOf(form)) : typed;
        var saved = await drafts.SaveAsync(Place, Open, filled, uploads.Rows, Remove, ct);
        if (saved.Changed) session.Touch(HttpContext, Place);
        (Draft, changed, filledIn) = (saved.Draft, saved.Changed, filled != typed);
        FormNotRead = uploads.Forms.Count > 0 && !filledIn;
        if (filledIn) Input = OpinionInput.Of(Draft);
        foreach (var refused in uploads.Refused) ModelState.AddModelError("Input.Files", says[$"Upload.{refused.Problem}", refused.Name]);
        return ModelState.IsValid;
    }

    /// <summary>Made for this matter, and signed by nobody else.</summary>
    private bool IsForHere(OpinionForm form) =>
        (form.MatterNumber.Length == 0 || form.MatterNumber == Open.Matter.Number)
        && (form.SignedBy.Length == 0 || string.Concat(form.SignedBy.Where(c => !char.IsWhiteSpace(c))) == string.Concat(Open.Invitation.ExpertName.Where(c => !char.IsWhiteSpace(c))));

    private IActionResult ShowFilled()
    {
        this.Notice(says["Opinion.FormRead"]);
        return Go("/work?amend=true#opinion");
    }

    private async Task<IActionResult> AnswerAsync(MatterCommand command, string at, string notice, string next)
    {
        ModelState.Clear();
        session.Touch(HttpContext, Place);
        if (CommandField.Check(command) is [var slip, ..]) return await RefuseAsync(at, AnswerInput.FieldOf(slip.Field), Words.Problem(slip));
        var result = await runner.RunAsync(Place.TenantId, Place.MatterId, command, Open.Actor(Address), null, HttpContext.RequestAborted);
        if (result.Refusal is { } refusal) return await RefuseAsync(at, refusal.Field is { } field ? AnswerInput.FieldOf(field) : "", words.Refusal(refusal));
        // The office checks again at the acceptance: an interest found by now recuses whatever the expert declared.
        if (command is AcceptInvitation && result.Facts.OfType<ExpertRecused>().Any()) (notice, next) = ("Notice.Barred", "");
        this.Notice(says[notice]);
        return Go(next);
    }

    private async Task<IActionResult> RefuseAsync(string at, string field, string why)
    {
        var ct = HttpContext.RequestAborted;
        ModelState.Clear();
        ModelState.AddModelError(field, why);
        At = at;
        // The refusal may tell of something that happened meanwhile.
        if (!await FindAsync(ct) || !await OpenAsync(ct)) return Go();
        await ShowDraftAsync(ct);
        return Page();
    }

    private async Task ShowDraftAsync(CancellationToken ct)
    {
        Draft = await drafts.LoadAsync(Place, Open, ct);
        Input = OpinionInput.Of(Draft);
        if (Open.Invitation.Opinions is [.., var last]) LastMail = await mails.ShowAsync(Place.TenantId, last, ct);
    }
}

/// <summary>Accepting, declining or recusing, as the forms post it.</summary>
public sealed class AnswerInput
{
    public bool Pledge { get; set; }

    public string? Reason { get; set; }

    public string? Ground { get; set; }

    public string? Explanation { get; set; }

    /// <summary>The form's name for a command's field.</summary>
    public static string FieldOf(string commandField) => commandField switch
    {
        nameof(AcceptInvitation.Pledge) => "Answer.Pledge",
        nameof(RecuseExpert.Ground) => "Answer.Ground",
        nameof(DeclineInvitation.Reason) => "Answer.Reason",
        _ => "",
    };
}
