using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Hosting;
using ExpertPanel.Server.Reply;
using ExpertPanel.Server.Screening;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>A page behind an invitation's link, without an account. Whatever is no link of ours gets the one answer "no such page".</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Reply)]
public abstract class ReplyPage(ReplyDoor door, ReplyThrottle throttle) : PageModel
{
    private ReplyPlace? place;

    /// <summary>As it stands in the address; model binding would make nothing of a blank one.</summary>
    public string Token => RouteData.Values["token"] as string ?? "";

    public ReplyPlace Place => place ?? throw new InvalidOperationException("The place is known once a handler runs.");

    protected string Address => NetworkAddress.Of(HttpContext);

    public sealed override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var ct = HttpContext.RequestAborted;
        if (!await FindAsync(ct)) context.Result = NotFound();
        else if (!throttle.Permits(Token)) context.Result = StatusCode(StatusCodes.Status429TooManyRequests);
        else context.Result = await AdmitAsync(ct);
        if (context.Result is null) await next();
    }

    /// <summary>Null lets the handler run.</summary>
    protected virtual Task<IActionResult?> AdmitAsync(CancellationToken ct) => Task.FromResult<IActionResult?>(null);

    /// <summary>Looks again; a refused command may have met a newer state.</summary>
    protected async Task<bool> FindAsync(CancellationToken ct) => (place = await door.FindAsync(Token, ct)) is not null;

    protected IActionResult Go(string part = "") => Redirect($"/r/{Uri.EscapeDataString(Token)}{part}");
}

/// <summary>A page behind the code: needs the session of this very invitation.</summary>
public abstract class ReplyDeskPage(ReplyDoor door, ReplyThrottle throttle, ReplySession session, ReplyDesk desk) : ReplyPage(door, throttle)
{
    /// <summary>Names the states of the matter's files for the partials.</summary>
    public const string FileStatesKey = "FileStates";

    private OpenMatter? open;

    public OpenMatter Open => open ?? throw new InvalidOperationException("The matter is open once a handler runs.");

    protected sealed override async Task<IActionResult?> AdmitAsync(CancellationToken ct)
    {
        if (!await session.HoldsAsync(HttpContext, Place, ct)) return await AskAgainAsync(ct);
        return await OpenAsync(ct) ? null : Go();
    }

    /// <summary>The session ended, or never began.</summary>
    protected virtual Task<IActionResult> AskAgainAsync(CancellationToken ct) => Task.FromResult(Go());

    protected async Task<bool> OpenAsync(CancellationToken ct)
    {
        if ((open = await desk.OpenAsync(Place, ct)) is null) return false;
        // Every list of files on these pages says of each whether it may be given out.
        ViewData[FileStatesKey] = await HttpContext.RequestServices.GetRequiredService<FileStates>().OfMatterAsync(Place.TenantId, Place.MatterId, ct);
        return true;
    }
}
