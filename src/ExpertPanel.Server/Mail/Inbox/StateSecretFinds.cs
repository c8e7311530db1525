using System.Security.Cryptography;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Uploads that bear a state-secret mark (保密法 arts. 29, 31): refused, and only the hash, the sender and the size are kept. They stand in
/// the holding pen beside such mails, and on the desk, until the secretariat has written down what was done.
/// </summary>
public sealed class StateSecretFinds(PanelDbFactory databases, TimeProvider clock, ILogger<StateSecretFinds> log)
{
    public const string Upload = "upload";

    private const int LongestSender = 500;

    public async Task RecordAsync(Guid tenantId, Guid? matterId, byte[] content, string sender, CancellationToken ct)
    {
        var (sha256, from) = (Convert.ToHexStringLower(SHA256.HashData(content)), sender.Length > LongestSender ? sender[..LongestSender] : sender);
        var row = new InboundMailRow
        {
            Id = Guid.CreateVersion7(),
            ReceivedAt = HistoryChain.Storable(clock.GetUtcNow()),
            Sha256 = sha256,
            Size = content.LongLength,
            FromAddress = from,
            Kind = Upload,
            State = MailJudgement.IsHeld,
            Reason = InboundMailRow.StateSecret,
            MatterId = matterId,
        };
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(tenantId);
        if (await AgainAsync(db, row, ct)) return;
        db.InboundMails.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
            log.LogWarning("An upload with a state-secret mark was refused: {Find}", row.Id);
        }
        catch (DbUpdateException race) when (DatabaseFaults.IsRace(race))
        {
            await AgainAsync(db, row, ct);
        }
    }

    /// <summary>The same bytes came before: the find is open again, with who brought them last.</summary>
    private static async Task<bool> AgainAsync(PanelDb db, InboundMailRow row, CancellationToken ct) => await db.InboundMails.Where(m => m.Sha256 == row.Sha256 && m.Kind == Upload)
        .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, row.State).SetProperty(m => m.Reason, row.Reason).SetProperty(m => m.ReceivedAt, row.ReceivedAt)
            .SetProperty(m => m.FromAddress, row.FromAddress).SetProperty(m => m.MatterId, row.MatterId), ct) > 0;
}
