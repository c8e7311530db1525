using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.HoldingPen;

/// <summary>收件待定: the mails that wait for a person.</summary>
public sealed class IndexModel(PanelDb db, IHoldingPen pen) : PageModel
{
    private const int Size = 25;

    [BindProperty(SupportsGet = true, Name = PagerModel.Parameter)]
    public int PageNumber { get; set; } = 1;

    public HeldMails Held { get; private set; } = new(0, []);

    public PagerModel Pager => new(PageNumber, Size, Held.Total, Request);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        Held = await pen.ListAsync(db.TenantId, (PageNumber - 1) * Size, Size, cancellationToken);
        if (Held.Mails.Count > 0 || Held.Total == 0) return;
        PageNumber = PagerModel.Within(PageNumber, Size, Held.Total);
        Held = await pen.ListAsync(db.TenantId, (PageNumber - 1) * Size, Size, cancellationToken);
    }
}
