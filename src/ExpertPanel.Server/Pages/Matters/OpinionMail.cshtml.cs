using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>The mail an opinion came by, with what was cut off it; the secretariat can make its whole text the next version.</summary>
public sealed class OpinionMailModel(MatterAccess access, IOpinionMails mails, PanelDb db, Words words) : PageModel
{
    private const int LongestReason = 500;

    [BindProperty]
    public string? Reason { get; set; }

    public OpenMatter? Open { get; private set; }

    public Invitation? Invitation { get; private set; }

    public OpinionMail? Mail { get; private set; }

    /// <summary>What came from the expert after the round had closed: kept, and not counted.</summary>
    public IReadOnlyList<LateMail> Late { get; private set; } = [];

    /// <summary>The newest version is this one, something was cut, and somebody of the secretariat looks.</summary>
    public bool CanRestore { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, Guid invitation, int version, CancellationToken cancellationToken) =>
        await FindAsync(number, invitation, version, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string number, Guid invitation, int version, CancellationToken cancellationToken)
    {
        if (!await FindAsync(number, invitation, version, cancellationToken) || Open is not { } open || Invitation is not { } found) return NotFound();
        if (!open.Me.Is(Role.Secretariat)) return Forbid();
        if (string.IsNullOrWhiteSpace(Reason) || Reason.Length > LongestReason) ModelState.AddModelError(nameof(Reason), words["OpinionMail.ReasonMissing"]);
        if (!ModelState.IsValid || Reason is not { } reason) return Page();
        if (await mails.RestoreAsync(db.TenantId, open.Matter.Id, found, reason, open.Me.ActingAs([Role.Secretariat]), cancellationToken) is { } refusal)
        {
            ModelState.AddModelError(refusal.Field ?? "", words.Refusal(refusal));
            return Page();
        }

        this.Notice(words["OpinionMail.Restored"]);
        return LocalRedirect(open.Url + "#panel");
    }

    public sealed record LateMail(DateTimeOffset ReceivedAt, string From, string Subject, string State);

    private async Task<bool> FindAsync(string number, Guid invitation, int version, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { AsSponsor: false } open) return false;
        if (open.Matter.AllInvitations.FirstOrDefault(i => i.Id == invitation) is not { } found || found.Opinions.FirstOrDefault(o => o.Version == version) is not { } opinion) return false;
        (Open, Invitation, Mail) = (open, found, await mails.ShowAsync(db.TenantId, opinion, cancellationToken));
        CanRestore = open.Me.Is(Role.Secretariat) && version == found.Opinions.Count && Mail is { Elided.Length: > 0 } && opinion.Text != Mail.Whole;
        Late = await db.InboundMails.Where(m => m.InvitationId == invitation && m.Reason == "closed" && m.State != "counted").OrderBy(m => m.ReceivedAt)
            .Select(m => new LateMail(m.ReceivedAt, m.FromAddress ?? "", m.Subject ?? "", m.State)).ToListAsync(cancellationToken);
        return Mail is not null;
    }
}
