using ExpertPanel.Server.Reply;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>Mails a code to the registered address; the address itself is shown only in part.</summary>
public sealed class CodeModel(ReplyDoor door, ReplyThrottle throttle, ReplyCodes codes, IStringLocalizer<ReplyTexts> says) : ReplyPage(door, throttle)
{
    /// <summary>What an ended session left behind; carried along so that none of it is lost.</summary>
    [BindProperty]
    public OpinionInput Input { get; set; } = new();

    public CodeEntryForm Form { get; private set; } = CodeEntryForm.Nothing;

    public IActionResult OnGet()
    {
        if (!Place.IsLive) return Go();
        Form = new(Token, null, Input);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Place.IsLive) return Go();
        var sent = await codes.SendAsync(Place, HttpContext.RequestAborted);
        if (sent.Outcome != CodeSending.Sent) ModelState.AddModelError("", says[$"Code.{sent.Outcome}", Place.Contact]);
        Form = new(Token, sent.Outcome == CodeSending.Sent ? sent.MaskedAddress : null, Input);
        return Page();
    }
}

/// <summary>The form into which the code is typed, for the partial <c>_CodeEntry</c>.</summary>
/// <param name="SentTo">The masked address, just after a code left.</param>
public sealed record CodeEntryForm(string Token, string? SentTo, OpinionInput Carried)
{
    public static CodeEntryForm Nothing { get; } = new("", null, new());
}
