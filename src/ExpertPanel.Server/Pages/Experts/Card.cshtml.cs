using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Experts;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Matters;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Experts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>An expert's card: who, until when, in what, and how often asked.</summary>
public sealed class CardModel(PanelDb db, SpecialtyList specialties, ExpertAppointments appointments, CurrentActor current, TimeProvider clock, Words words) : PageModel
{
    private const int MostInvitations = 100;

    public ExpertRow? Expert { get; private set; }

    public IReadOnlyList<InvitationLine> Invitations { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public DateOnly Today { get; } = ChinaTime.LocalDate(clock.GetUtcNow());

    public string Specialties => specialties.Labels(Expert?.Specialties ?? []);

    /// <summary>The own experts' appointments only; a guest's are the lender's.</summary>
    public bool MayAppoint => MayEdit && Expert is { LoanId: null };

    public bool IsInTerm => Expert is { } e && e.TermFrom <= Today && Today <= e.TermTo;

    /// <summary>续聘 begins two months before the end.</summary>
    public bool IsDue => Expert is { } e && e.TermTo.AddMonths(-2) <= Today;

    public Task<IActionResult> OnPostSeatAsync(string bankNumber, string? reason, CancellationToken cancellationToken) =>
        ActAsync(bankNumber, "Expert.WasSeated", actor => appointments.SeatAsync(bankNumber, reason, actor, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostUnseatAsync(string bankNumber, string? reason, CancellationToken cancellationToken) =>
        ActAsync(bankNumber, "Expert.WasUnseated", actor => appointments.UnseatAsync(bankNumber, reason, actor, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostEndAsync(string bankNumber, AppointmentEnding? ground, string? reason, CancellationToken cancellationToken) =>
        ActAsync(bankNumber, "Expert.WasEnded", async actor => ground is { } why && Enum.IsDefined(why) && !string.IsNullOrWhiteSpace(reason)
            ? await appointments.EndAsync(bankNumber, new(why, reason), actor, cancellationToken)
            : [new("Reason", "请选择情形并填写说明及依据。", "Choose the ground and say why.")], cancellationToken);

    public Task<IActionResult> OnPostReappointAsync(string bankNumber, DateOnly? until, string? reason, CancellationToken cancellationToken) =>
        ActAsync(bankNumber, "Expert.WasReappointed", actor => appointments.ReappointAsync(bankNumber, until, reason, actor, cancellationToken), cancellationToken);

    private async Task<IActionResult> ActAsync(string bankNumber, string done, Func<Actor, Task<IReadOnlyList<FieldProblem>?>> act, CancellationToken cancellationToken)
    {
        var me = await current.GetAsync();
        if (!me.Is(Role.Secretariat)) return Forbid();
        ModelState.Clear();
        if (await act(me.ActingAs([Role.Secretariat])) is not { } problems) return NotFound();
        if (problems.Count == 0)
        {
            this.Notice(words[done]);
            return LocalRedirect($"/experts/{bankNumber}");
        }

        foreach (var problem in problems) ModelState.AddModelError(problem.Field, Words.Problem(problem));
        return await OnGetAsync(bankNumber, cancellationToken);
    }

    public async Task<IActionResult> OnGetAsync(string bankNumber, CancellationToken cancellationToken)
    {
        Expert = await db.Experts.AsNoTracking().Include(e => e.Addresses).SingleOrDefaultAsync(e => e.BankNumber == bankNumber, cancellationToken);
        if (Expert is not { Id: var id }) return NotFound();
        var me = await current.GetAsync();
        MayEdit = me.Is(Role.Secretariat);
        Invitations = await db.Invitations.Where(i => i.ExpertId == id).OrderByDescending(i => i.InvitedAt).Take(MostInvitations)
            .Join(LedgerQuery.Visible(db, me), i => i.MatterId, m => m.Id, (i, m) => new InvitationLine(m.Number, m.Title, i.State, i.InvitedAt, i.Due, i.SubmittedAt)).ToListAsync(cancellationToken);
        return Page();
    }

    /// <summary>Enough to tell a number by, not to ring it: 190****0001.</summary>
    public static string Masked(string mobile)
    {
        var digits = string.Concat(mobile.Where(char.IsAsciiDigit));
        return digits.Length < 8 ? new('*', mobile.Length) : $"{digits[..3]}****{digits[^4..]}";
    }

    public sealed record InvitationLine(string Number, string Title, string State, DateTimeOffset InvitedAt, DateOnly Due, DateTimeOffset? SubmittedAt);
}
