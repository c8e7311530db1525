using ExpertPanel.Server.Reply;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>What the link alone shows: who asks, until when, and how it stands. Looking changes nothing, for mail scanners look too.</summary>
public sealed class InvitationModel(ReplyDoor door, ReplyThrottle throttle) : ReplyPage(door, throttle)
{
    public PageResult OnGet() => Page();
}
