using ExpertPanel.Server.Reply;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>Shows what will be submitted, whole; the button submits exactly that.</summary>
public sealed class ConfirmModel(
    ReplyDoor door, ReplyThrottle throttle, ReplySession session, ReplyDesk desk, OpinionDrafts drafts, OpinionSubmission submission,
    IStringLocalizer<ReplyTexts> says, Words words) : ReplyDeskPage(door, throttle, session, desk)
{
    private readonly ReplySession session = session;

    /// <summary>What was shown.</summary>
    [BindProperty]
    public string? Fingerprint { get; set; }

    public OpinionDraft Draft { get; private set; } = OpinionDraft.Empty;

    public async Task<IActionResult> OnGetAsync()
    {
        session.Touch(HttpContext, Place);
        return await ReadyAsync() ? Page() : Go("/work");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        session.Touch(HttpContext, Place);
        // Submitted already, by the first of two clicks: the receipt is the answer.
        if (!await ReadyAsync()) return Go(Open.Invitation.Opinions.Count > 0 ? "/receipt" : "/work");
        if (Fingerprint != OpinionSubmission.FingerprintOf(Draft)) return Again(says["Confirm.Changed"]);
        var result = await submission.SubmitAsync(Place, Open, Draft, Address, HttpContext.RequestAborted);
        return result.Refusal is { } refusal ? Again(words.Refusal(refusal)) : Go("/receipt");
    }

    /// <summary>A whole draft that differs from what was submitted last.</summary>
    private async Task<bool> ReadyAsync()
    {
        var ct = HttpContext.RequestAborted;
        Draft = await drafts.LoadAsync(Place, Open, ct);
        return Open.CanWrite && await drafts.IsWaitingAsync(Place, Open, ct) && OpinionSubmission.Problems(Place, Draft).Count == 0;
    }

    private PageResult Again(string why)
    {
        ModelState.Clear();
        ModelState.AddModelError("", why);
        return Page();
    }
}
