using ExpertPanel.Server.Reply;
using Microsoft.AspNetCore.Mvc;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>A paper of the matter or an attachment of one's own; who took it is on record.</summary>
public sealed class DownloadModel(
    ReplyDoor door, ReplyThrottle throttle, ReplySession session, ReplyDesk desk, OpinionDrafts drafts, OpinionFiles files, ReplyAccess access)
    : ReplyDeskPage(door, throttle, session, desk)
{
    private readonly ReplySession session = session;

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var ct = HttpContext.RequestAborted;
        session.Touch(HttpContext, Place);
        if (await files.FindAsync(Place, Open, await drafts.LoadAsync(Place, Open, ct), id, ct) is not { } file) return NotFound();
        await access.RecordAsync(
            Place, Open.Actor(Address), ReplyAccess.FileOpened,
            new { matter = Open.Matter.Number, invitation = Place.InvitationId, file = file.Id, name = file.Name, sha256 = file.Sha256 }, ct);
        return File(file.Content, file.MediaType, file.Name);
    }
}
