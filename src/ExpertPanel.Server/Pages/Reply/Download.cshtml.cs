using ExpertPanel.Server.Reply;
using ExpertPanel.Server.Screening;
using Microsoft.AspNetCore.Mvc;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>A paper of the matter or an attachment of one's own; who took it is on record.</summary>
public sealed class DownloadModel(
    ReplyDoor door, ReplyThrottle throttle, ReplySession session, ReplyDesk desk, OpinionDrafts drafts, OpinionFiles files, ReplyAccess access, FileStates states)
    : ReplyDeskPage(door, throttle, session, desk)
{
    private readonly ReplySession session = session;

    /// <summary>Of a file that is not given out.</summary>
    public string FileName { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var ct = HttpContext.RequestAborted;
        session.Touch(HttpContext, Place);
        if (await files.FindAsync(Place, Open, await drafts.LoadAsync(Place, Open, ct), id, ct) is not { } file) return NotFound();
        if (!states.Of(file.Scan, file.ScanFind, file.HasMacros).MayServe)
        {
            FileName = file.Name;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        await access.RecordAsync(
            Place, Open.Actor(Address), ReplyAccess.FileOpened,
            new { matter = Open.Matter.Number, invitation = Place.InvitationId, file = file.Id, name = file.Name, sha256 = file.Sha256 }, ct);
        return Downloads.Attachment(this, file.Name, file.MediaType, file.Content);
    }
}
