using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Letters;

/// <summary>函件: what failed, what waits for its next attempt, what left.</summary>
public sealed class IndexModel(PanelDb db, ILetterDesk desk, CurrentActor current, Words words) : PageModel
{
    private const int Size = 25;

    public static IReadOnlyList<string> Tabs { get; } = ["failed", "waiting", "sent"];

    [BindProperty(SupportsGet = true)]
    public string Tab { get; set; } = Tabs[0];

    [BindProperty(SupportsGet = true, Name = PagerModel.Parameter)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyDictionary<string, int> Counts { get; private set; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public PagerModel Pager => new(PageNumber, Size, Counts[Tab], Request);

    public Task OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostResendAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await desk.ResendAsync(db.TenantId, id, await current.ActingAsAsync([Role.Secretariat]), cancellationToken) is { } refusal)
        {
            ModelState.AddModelError("", words.Refusal(refusal));
            await ShowAsync(cancellationToken);
            return Page();
        }

        this.Notice(words["Letters.Resent"]);
        return RedirectToPage();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        if (!Tabs.Contains(Tab)) Tab = Tabs[0];
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var tab in Tabs) counts[tab] = await Of(tab).CountAsync(cancellationToken);
        Counts = counts;
        PageNumber = PagerModel.Within(PageNumber, Size, Counts[Tab]);
        Rows = await Of(Tab).OrderByDescending(l => l.CreatedAt).Skip((PageNumber - 1) * Size).Take(Size).Select(l => new Row(
            l.Id, l.Kind, l.ToName, l.ToAddress, db.Matters.Where(m => m.Id == l.MatterId).Select(m => m.Number).FirstOrDefault() ?? "",
            l.CreatedAt, l.SentAt, l.FailedAt, l.NextAttemptAt, l.Attempts, l.LastError)).ToListAsync(cancellationToken);
    }

    private IQueryable<LetterRow> Of(string tab) => tab switch
    {
        "failed" => db.Letters.Where(l => l.FailedAt != null),
        "waiting" => db.Letters.Where(l => l.FailedAt == null && l.SentAt == null),
        _ => db.Letters.Where(l => l.FailedAt == null && l.SentAt != null),
    };

    public sealed record Row(
        Guid Id, string Kind, string ToName, string ToAddress, string MatterNumber, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset? FailedAt,
        DateTimeOffset NextAttemptAt, int Attempts, string? LastError);
}
