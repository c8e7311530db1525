using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.HoldingPen;

/// <summary>收件待定: the mails that wait for a person.</summary>
public sealed class IndexModel(PanelDb db, IHoldingPen pen, CurrentActor current, Words words, TimeProvider clock) : PageModel
{
    private const int Size = 25;

    [BindProperty(SupportsGet = true, Name = PagerModel.Parameter)]
    public int PageNumber { get; set; } = 1;

    /// <summary>Only mails held for this; empty for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Reason { get; set; }

    public HeldMails Held { get; private set; } = new(0, []);

    /// <summary>What judging again has brought; null before it was asked for.</summary>
    public RejudgedMails? Rejudged { get; private set; }

    public IReadOnlyList<FieldChoice> Reasons => [.. Held.Reasons.Select(r => new FieldChoice(r.Reason, $"{MailReasons.Of(words, r.Reason)} ({r.Count})"))];

    public int Waiting => Held.Reasons.Sum(r => r.Count);

    /// <summary>How long the longest waiting has waited.</summary>
    public TimeSpan? OldestAge => Held.Oldest is { } oldest ? clock.GetUtcNow() - oldest : null;

    public PagerModel Pager => new(PageNumber, Size, Held.Total, Request);

    public Task OnGetAsync(CancellationToken cancellationToken) => ListAsync(cancellationToken);

    /// <summary>Judges all again. The results are this answer itself: sent twice, it finds nothing more to change.</summary>
    public async Task<IActionResult> OnPostRejudgeAsync(CancellationToken cancellationToken)
    {
        Rejudged = await pen.RejudgeAsync(db.TenantId, null, await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        if (Rejudged.Refusal is { } refusal) ModelState.AddModelError("", words.Refusal(refusal));
        await ListAsync(cancellationToken);
        return Page();
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        Held = await pen.ListAsync(db.TenantId, (PageNumber - 1) * Size, Size, cancellationToken, Reason);
        if (Held.Mails.Count > 0 || Held.Total == 0) return;
        PageNumber = PagerModel.Within(PageNumber, Size, Held.Total);
        Held = await pen.ListAsync(db.TenantId, (PageNumber - 1) * Size, Size, cancellationToken, Reason);
    }
}
