using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Admin;

/// <summary>One's own bearer tokens for the API.</summary>
public sealed class TokensModel(PanelDb db, ApiTokens tokens, CurrentActor current, TimeProvider clock, Words words) : PageModel
{
    private const int UsualDays = 90;

    [BindProperty]
    public TokenInput Input { get; set; } = new();

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public Task OnGetAsync(CancellationToken cancellationToken)
    {
        Input.Days = UsualDays;
        return ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Input.Name)) ModelState.AddModelError("Input.Name", words["Tokens.NameMissing"]);
        if (Input.Days is null or < 1 or > ApiTokens.LongestDays) ModelState.AddModelError("Input.Days", words["Tokens.DaysWrong"]);
        if (ModelState.IsValid && Input is { Name: { } name, Days: { } days })
        {
            if (await tokens.CreateAsync((await current.GetAsync()).Own, name, days, cancellationToken) is { } token)
            {
                this.Secret(words["Tokens.Created"], token);
                return RedirectToPage();
            }

            ModelState.AddModelError("", words["Account.Error.ConcurrencyFailure"]);
        }

        await ShowAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await tokens.RevokeAsync((await current.GetAsync()).Own, id, cancellationToken)) return NotFound();
        this.Notice(words["Tokens.WasRevoked"]);
        return RedirectToPage();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var me = Guid.Parse((await current.GetAsync()).Id);
        Rows = await db.ApiTokens.Where(t => t.UserId == me).OrderByDescending(t => t.CreatedAt).Take(100)
            .Select(t => new Row(t.Id, t.Name, t.CreatedAt, t.ExpiresAt, t.RevokedAt != null)).ToListAsync(cancellationToken);
    }

    public sealed class TokenInput
    {
        public string? Name { get; set; }

        public int? Days { get; set; }
    }

    public sealed record Row(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, bool Revoked);
}
