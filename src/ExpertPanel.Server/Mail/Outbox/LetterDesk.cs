using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Outbox;

/// <summary>A failed letter goes again because a person says so; the history tells who.</summary>
public sealed class LetterDesk(PanelDbFactory databases, CommitteeHistory history, TimeProvider clock) : ILetterDesk
{
    private const int Tries = 8;

    private static readonly Role[] MayResend = [Role.Secretariat, Role.RegistryClerk, Role.CaseHandler, Role.DivisionHead, Role.DocumentClerk];

    public async Task<Refusal?> ResendAsync(Guid tenantId, Guid letterId, Actor actor, CancellationToken ct)
    {
        if (!MayResend.Any(actor.Is)) return new("role.missing", "重发信函由秘书处、收文员、承办人、处长或者文书办理。");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(tenantId, letterId, actor, ct);
            }
            catch (DbUpdateException race) when (attempt < Tries && (race is DbUpdateConcurrencyException || DatabaseFaults.IsRace(race)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(attempt * 7), clock, ct);
            }
        }
    }

    private async Task<Refusal?> TryAsync(Guid tenantId, Guid letterId, Actor actor, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(tenantId);
        if (await db.Letters.SingleOrDefaultAsync(l => l.Id == letterId, ct) is not { } letter) return new("letter.not-found", "没有这封信函。");
        if (letter.FailedAt is null) return new("letter.not-failed", "这封信函没有失败，不需要重发。");
        var address = letter.ExpertId is { } expert
            ? await db.ExpertAddresses.Where(a => a.ExpertId == expert && a.Primary).Select(a => a.Address).FirstOrDefaultAsync(ct)
            : letter.ToAddress;
        if (string.IsNullOrEmpty(address)) return new("letter.no-address", "没有登记的收信地址，请先在专家信息中登记邮箱。");

        await history.AppendAsync(db, actor, "resendLetter", new { letter.Id, letter.Kind, letter.MatterId, Error = letter.LastError, From = letter.ToAddress, To = address }, ct);
        letter.ToAddress = address;
        (letter.FailedAt, letter.SentAt, letter.LastError, letter.ClaimedBy, letter.ClaimedUntil) = (null, null, null, null, null);
        (letter.Attempts, letter.NextAttemptAt) = (0, HistoryChain.Storable(clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return null;
    }
}
