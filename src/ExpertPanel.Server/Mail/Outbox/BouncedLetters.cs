using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Documents;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Outbox;

/// <summary>A letter whose mailbox does not exist: the address is marked, the seat opens for the next in the order. Harmless when repeated.</summary>
public sealed class BouncedLetters(PanelDbFactory databases, ProcessRunner runner, TimeProvider clock)
{
    private const int LongestReason = 1000;

    public async Task RecordAsync(Guid tenantId, LetterRow letter, string reason, CancellationToken ct)
    {
        // A stranger's server said it: on one line, without what a database refuses.
        var clean = DocumentText.Line(reason);
        var said = clean.Length > LongestReason ? clean[..LongestReason] : clean;
        if (letter.InvitationId is { } invitation)
            await runner.RunAsync(tenantId, letter.MatterId, new BounceInvitation(invitation, said), Actor.System("mail"), $"bounce:{letter.Id:N}", ct);

        var now = clock.GetUtcNow();
        var address = letter.ToAddress.ToLowerInvariant();
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(tenantId);
        if (letter.ExpertId is { } expert)
            await db.ExpertAddresses.Where(a => a.ExpertId == expert && a.Address == address && a.BouncedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(a => a.BouncedAt, now), ct);
        await db.Letters.Where(l => l.Id == letter.Id && l.FailedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(l => l.FailedAt, now).SetProperty(l => l.LastError, $"退信：{said}").SetProperty(l => l.ClaimedUntil, (DateTimeOffset?)null), ct);
    }
}
