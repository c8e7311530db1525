using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Reply;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>Takes the code. A right one opens a session for this invitation and leads to a page whose address opens nothing by itself.</summary>
public sealed class EnterModel(
    ReplyDoor door, ReplyThrottle throttle, ReplyCodes codes, ReplySession session, ReplyDesk desk, OpinionDrafts drafts, ReplyAccess access,
    IStringLocalizer<ReplyTexts> says) : ReplyPage(door, throttle)
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public OpinionInput Input { get; set; } = new();

    public CodeEntryForm Form => new(Token, null, Input);

    public IActionResult OnGet() => Go("/code");

    public async Task<IActionResult> OnPostAsync()
    {
        var ct = HttpContext.RequestAborted;
        if (!Place.IsLive) return Go();
        if (string.IsNullOrWhiteSpace(Code)) return Again("Code.Missing");
        var entered = await codes.EnterAsync(Place, Code, ct);
        var right = entered.Outcome == CodeEntry.Right;
        if (entered.Counted)
            await access.RecordAsync(
                Place, await access.ActorAsync(Place, Address, ct), right ? ReplyAccess.Entered : ReplyAccess.Refused, new { invitation = Place.InvitationId, matter = Place.MatterId }, ct);
        if (!right) return Again($"Code.{entered.Outcome}", entered.TriesLeft);

        session.Begin(HttpContext, Place, entered.SessionId);
        if (Input.HasWords && await desk.OpenAsync(Place, ct) is { CanWrite: true } open)
        {
            await drafts.SaveAsync(Place, open, Input.ToDraft(), [], null, ct);
            this.Notice(says["Draft.Rescued"]);
        }

        return Go("/work");
    }

    private PageResult Again(string problem, params object[] arguments)
    {
        ModelState.AddModelError(nameof(Code), says[problem, arguments]);
        return Page();
    }
}
