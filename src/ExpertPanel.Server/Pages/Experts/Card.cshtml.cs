using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>An expert's card: who, until when, in what, and how often asked.</summary>
public sealed class CardModel(PanelDb db, SpecialtyList specialties, CurrentActor current, TimeProvider clock) : PageModel
{
    private const int MostInvitations = 100;

    public ExpertRow? Expert { get; private set; }

    public IReadOnlyList<InvitationLine> Invitations { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public DateOnly Today { get; } = ChinaTime.LocalDate(clock.GetUtcNow());

    public string Specialties => specialties.Labels(Expert?.Specialties ?? []);

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
