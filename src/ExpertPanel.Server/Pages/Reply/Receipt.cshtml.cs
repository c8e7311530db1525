using ExpertPanel.Server.Reply;
using Microsoft.AspNetCore.Mvc;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>回执: every version of the expert's own opinion, newest first, with its time and its hash.</summary>
public sealed class ReceiptModel(ReplyDoor door, ReplyThrottle throttle, ReplySession session, ReplyDesk desk) : ReplyDeskPage(door, throttle, session, desk)
{
    public IActionResult OnGet() => Open.Invitation.Opinions.Count > 0 ? Page() : Go("/work");
}
