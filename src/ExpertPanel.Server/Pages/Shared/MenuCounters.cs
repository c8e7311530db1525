using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Desk;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>What waits for this person, for the menu. Zero is not shown.</summary>
public sealed record MenuCounts(int Todo, int HeldMails, int FailedLetters, int Slips);

public sealed class MenuCounters(PanelDb db, DeskLists desk)
{
    private const string Held = "held";

    public async Task<MenuCounts> CountAsync(SignedIn me, CancellationToken cancellationToken)
    {
        var keepsMail = me.Is(Role.Secretariat);
        return new(
            await desk.Todo(me).CountAsync(cancellationToken),
            keepsMail ? await db.InboundMails.CountAsync(m => m.State == Held, cancellationToken) : 0,
            keepsMail ? await db.Letters.CountAsync(l => l.FailedAt != null, cancellationToken) : 0,
            await desk.Supervised(me).SumAsync(m => m.OpenSlips, cancellationToken));
    }
}
