using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Lending;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>The experts of a bank above, to be asked for.</summary>
public sealed class BorrowModel(PanelDb db, UpperBank upper, ExpertLending lending, SpecialtyList specialties, CurrentActor current, Words words) : PageModel
{
    private const int Most = 100;

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Specialty { get; set; }

    [BindProperty]
    public List<string> BankNumbers { get; set; } = [];

    [BindProperty]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public IReadOnlyList<UpperCommittee> Above { get; private set; } = [];

    public IReadOnlyList<SharedCard> Cards { get; private set; } = [];

    public int Total { get; private set; }

    public IReadOnlyList<Specialty> Specialties => specialties.All;

    public string Labels(SharedCard card) => specialties.Labels(card.Specialties);

    public Task OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var actor = (await current.GetAsync()).ActingAs([Role.Secretariat]);
        foreach (var problem in await lending.AskAsync(new(From ?? "", BankNumbers, Until, Reason), actor, cancellationToken)) ModelState.AddModelError(problem.Field, Words.Problem(problem));
        if (ModelState.IsValid)
        {
            this.Notice(words["Loans.Asked"]);
            return LocalRedirect("/experts/loans");
        }

        await ShowAsync(cancellationToken);
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        Above = await UpperBank.AboveAsync(db, cancellationToken);
        if ((Above.FirstOrDefault(c => c.Code == From) ?? (Above is [var nearest, ..] ? nearest : null)) is not { } chosen) return;
        From = chosen.Code;
        var found = await upper.FindAsync(chosen, Q, Specialty, cancellationToken);
        (Total, Cards) = (found.Count, [.. found.Take(Most)]);
    }
}
