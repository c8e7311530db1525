using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Judges held mails again, from their raw bytes, as they would be judged if they came now. A mail acts once however often it is judged.</summary>
public sealed class MailReplay(PanelDbFactory databases, MailJudge judge, MailScan scan, HeldMailReading reading, CommitteeHistory history, TimeProvider clock)
{
    /// <summary>Null where the mail is not held any more, or can't be judged again.</summary>
    public async Task<RejudgedMail?> OneAsync(Guid tenantId, Guid mailId, Actor actor, CancellationToken ct)
    {
        await using var db = databases.Create(tenantId);
        if (await Judgeable(db).SingleOrDefaultAsync(m => m.Id == mailId, ct) is not { } row) return null;
        var mail = await reading.ReadAsync(row, ct);
        // A token that meant nothing then may mean something now.
        if (row.InvitationId is null && mail.Token is { } token)
        {
            var hash = ReplyTokens.HashOf(token);
            if (await db.Invitations.Where(i => i.TokenHash == hash).Select(i => new { i.Id, i.MatterId }).SingleOrDefaultAsync(ct) is { } found) (row.InvitationId, row.MatterId) = (found.Id, found.MatterId);
        }

        var judgement = await judge.JudgeAsync(row, mail, await scan.ScanAsync(row.Raw, mail, ct), ct);
        var result = new RejudgedMail(row.Id, row.FromAddress, row.Subject, row.Reason ?? "", judgement.State, judgement.Reason);
        return !result.Changed || await LostRaces.AgainAsync(clock, () => SaveAsync(row, judgement, actor, ct), ct) ? result : null;
    }

    public async Task<RejudgedMails> AllAsync(Guid tenantId, Actor actor, CancellationToken ct)
    {
        List<Guid> ids;
        int all;
        await using (var db = databases.Create(tenantId))
        {
            all = await Judgeable(db).CountAsync(ct);
            ids = await Judgeable(db).OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).Take(RejudgedMails.Most).Select(m => m.Id).ToListAsync(ct);
        }

        return new(await EachAsync(tenantId, ids, actor, ct), all - ids.Count);
    }

    /// <summary>What waits from one sender, whose address was registered just now.</summary>
    public async Task FromAsync(Guid tenantId, string address, Actor actor, CancellationToken ct)
    {
        List<Guid> ids;
        await using (var db = databases.Create(tenantId))
        {
            var waiting = await Judgeable(db).Where(m => m.Reason == "sender-mismatch").OrderBy(m => m.ReceivedAt).Select(m => new { m.Id, m.FromAddress }).ToListAsync(ct);
            ids = [.. waiting.Where(m => AddressText.Same(m.FromAddress, address)).Select(m => m.Id).Take(RejudgedMails.Most)];
        }

        await EachAsync(tenantId, ids, actor, ct);
    }

    /// <summary>Without those whose bytes were not kept, and those that the expert said not to have sent.</summary>
    private static IQueryable<InboundMailRow> Judgeable(PanelDb db) =>
        db.InboundMails.AsNoTracking().Where(m => m.State == MailJudgement.IsHeld && m.Reason != InboundMailRow.StateSecret && m.Reason != ReplyMatcher.Denied && m.Kind != StateSecretFinds.Upload);

    private async Task<IReadOnlyList<RejudgedMail>> EachAsync(Guid tenantId, List<Guid> ids, Actor actor, CancellationToken ct)
    {
        var results = new List<RejudgedMail>(ids.Count);
        foreach (var id in ids)
            if (await OneAsync(tenantId, id, actor, ct) is { } result) results.Add(result);
        return results;
    }

    private async Task<bool> SaveAsync(InboundMailRow row, MailJudgement judgement, Actor actor, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(row.TenantId);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var changed = await db.InboundMails.Where(m => m.Id == row.Id && m.State == MailJudgement.IsHeld && m.Reason == row.Reason).ExecuteUpdateAsync(
            s => s.SetProperty(m => m.State, judgement.State).SetProperty(m => m.Reason, judgement.Reason)
                .SetProperty(m => m.InvitationId, row.InvitationId).SetProperty(m => m.MatterId, row.MatterId), ct);
        if (changed == 0) return false;
        await history.AppendAsync(db, actor, "rejudgeHeldMail", new { row.Id, row.Sha256, Held = row.Reason, judgement.State, judgement.Reason }, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
