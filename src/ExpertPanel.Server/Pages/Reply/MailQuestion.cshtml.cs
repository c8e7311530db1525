using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Hosting;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Reply;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>
/// The page behind the link of a question about a held mail: is it yours? Looking changes nothing, for mail scanners look too; the answer is
/// one click of two, and given once.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Reply)]
public sealed class MailQuestionModel(IMailQuestions questions, ReplyThrottle throttle) : PageModel
{
    /// <summary>As it stands in the address.</summary>
    public string Token => RouteData.Values["token"] as string ?? "";

    public MailQuestion? Asked { get; private set; }

    /// <summary>What the answer brought about; null until answered here.</summary>
    public MailAnswer? Outcome { get; private set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostYesAsync() => AnswerAsync(yes: true);

    public Task<IActionResult> OnPostNoAsync() => AnswerAsync(yes: false);

    private async Task<IActionResult> AnswerAsync(bool yes)
    {
        if (!throttle.Permits(Token)) return StatusCode(StatusCodes.Status429TooManyRequests);
        Outcome = await questions.AnswerAsync(Token, yes, $"web {NetworkAddress.Of(HttpContext)}", HttpContext.RequestAborted);
        return Outcome is null ? NotFound() : await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        if (Outcome is null && !throttle.Permits(Token)) return StatusCode(StatusCodes.Status429TooManyRequests);
        Asked = await questions.FindAsync(Token, HttpContext.RequestAborted);
        return Asked is null ? NotFound() : Page();
    }
}
