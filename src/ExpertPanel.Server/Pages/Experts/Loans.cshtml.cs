using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Lending;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>Experts lent and borrowed: what waits for an answer, what is in force, what is over.</summary>
public sealed class LoansModel(PanelDb db, ExpertLending lending, CurrentActor current, TimeProvider clock, Words words) : PageModel
{
    public IReadOnlyList<LoanRow> Borrowed { get; private set; } = [];

    public IReadOnlyList<LoanRow> Lent { get; private set; } = [];

    /// <summary>The row whose form was faulty and what was written there, so that it is shown again.</summary>
    public Guid Faulty { get; private set; }

    public LoanAnswer Written { get; private set; } = new(Lend: true, null, null, null);

    public DateOnly Today => ChinaTime.LocalDate(clock.GetUtcNow());

    public Task OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public Task<IActionResult> OnPostLendAsync(Guid id, DateOnly? until, DateOnly? consentedOn, string? reason, CancellationToken cancellationToken) =>
        ActAsync(id, new(Lend: true, until, consentedOn, reason), "Loans.WasLent", lending.AnswerAsync, cancellationToken);

    public Task<IActionResult> OnPostRefuseAsync(Guid id, string? reason, CancellationToken cancellationToken) =>
        ActAsync(id, new(Lend: false, null, null, reason), "Loans.WasRefused", lending.AnswerAsync, cancellationToken);

    public Task<IActionResult> OnPostEndAsync(Guid id, string? reason, CancellationToken cancellationToken) =>
        ActAsync(id, new(Lend: false, null, null, reason), "Loans.WasEnded", (loan, answer, actor, ct) => lending.EndAsync(loan, answer.Reason, actor, ct), cancellationToken);

    private async Task<IActionResult> ActAsync(
        Guid id, LoanAnswer answer, string done, Func<Guid, LoanAnswer, Actor, CancellationToken, Task<IReadOnlyList<FieldProblem>?>> act, CancellationToken cancellationToken)
    {
        var actor = (await current.GetAsync()).ActingAs([Role.Secretariat]);
        if (await act(id, answer, actor, cancellationToken) is not { } problems) return NotFound();
        if (problems.Count == 0)
        {
            this.Notice(words[done]);
            return LocalRedirect("/experts/loans");
        }

        foreach (var problem in problems) ModelState.AddModelError(problem.Field, Words.Problem(problem));
        (Faulty, Written) = (id, answer);
        await ShowAsync(cancellationToken);
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var all = await db.Loans.AsNoTracking().OrderBy(l => l.State != LoanState.Asked).ThenBy(l => l.State != LoanState.Lent).ThenByDescending(l => l.AskedAt).Take(500).ToListAsync(cancellationToken);
        (Borrowed, Lent) = (all.FindAll(l => l.BorrowerId == db.TenantId), all.FindAll(l => l.LenderId == db.TenantId));
    }
}
