using System.Security.Cryptography;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Server.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>A received mail as its row now says it.</summary>
/// <param name="Repeated">The very same bytes came before; nothing was done again.</param>
public sealed record ReceivedMail(Guid Id, Guid TenantId, string Kind, string State, string? Reason, bool Repeated);

/// <summary>
/// Receives one mail: read within limits, stored raw and committed, then judged, and the row says what became of it. A mail that comes
/// again, because a server or a crash sent it twice, is the same row. Of what bears a state-secret mark nothing is stored but where it
/// came from and its hash (保密法 arts. 29, 31).
/// </summary>
public sealed class InboxRunner(PanelDbFactory databases, MailReader reader, MailOwner owner, MailScan scan, MailJudge judge, IOptions<MailOptions> options, TimeProvider clock, ILogger<InboxRunner> log)
{
    private readonly ReadMailOptions limits = ReadMailOptions.Default with { MaxBytes = options.Value.MaxBytes, OwnMailbox = options.Value.Mailbox };

    private bool prepared;

    public Task<ReceivedMail> ReceiveAsync(byte[] raw, CancellationToken ct) =>
        ReceiveAsync(new ArrivedMail("direct", raw, raw.Length, IsWhole: true, clock.GetUtcNow()), ct);

    public async Task<ReceivedMail> ReceiveAsync(ArrivedMail arrived, CancellationToken ct)
    {
        if (!prepared) await reader.ReadAsync(FirstMail.Sample, limits with { Budget = Timeout.InfiniteTimeSpan }, ct);
        prepared = true;
        var mail = arrived.IsWhole
            ? await reader.ReadAsync(arrived.Raw, limits, ct)
            : reader.Oversized(arrived.Raw, Convert.ToHexStringLower(SHA256.HashData(arrived.Raw)), limits, ct);
        var owned = await owner.FindAsync(mail, ct);
        var secret = SecrecyScan.Bears(mail);
        var (row, known) = await StoreAsync(arrived, mail, owned, secret, ct);
        if (known && row.State != MailJudgement.Stored) return new(row.Id, row.TenantId, row.Kind, row.State, row.Reason, Repeated: true);
        if (secret)
        {
            log.LogWarning("Mail {Mail} bears a state-secret mark and was not stored", row.Id);
            return new(row.Id, row.TenantId, row.Kind, row.State, row.Reason, Repeated: false);
        }

        var verdicts = arrived.IsWhole ? await scan.ScanAsync(arrived.Raw, mail, ct) : MailVerdicts.None;
        var judgement = await JudgeAsync(row, mail, verdicts, cameAgain: known, ct);
        if (!judgement.IsWritten)
            using (await databases.Gate.EnterAsync(ct))
            {
                await using var db = await databases.CreateWriterAsync(row.TenantId, ct);
                await judge.WriteAsync(db, row.Id, judgement, verdicts, ct);
            }

        log.LogInformation("Mail {Mail} ({Kind}): {State}, {Reason}", row.Id, row.Kind, judgement.State, judgement.Reason);
        return new(row.Id, row.TenantId, row.Kind, judgement.State, judgement.Reason, Repeated: false);
    }

    /// <summary>A mail that breaks whoever judges it is tried once more; then a person has it before them instead of nobody.</summary>
    private async Task<MailJudgement> JudgeAsync(InboundMailRow row, ReadMail mail, MailVerdicts verdicts, bool cameAgain, CancellationToken ct)
    {
        try
        {
            return await judge.JudgeAsync(row, mail, verdicts, ct);
        }
        catch (Exception fault) when (cameAgain && fault is not OperationCanceledException)
        {
            log.LogError(fault, "Mail {Mail} can't be judged and is held", row.Id);
            return MailJudgement.Held("judging-fault");
        }
    }

    private async Task<(InboundMailRow Row, bool Known)> StoreAsync(ArrivedMail arrived, ReadMail mail, OwnedMail owned, bool secret, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = await databases.CreateWriterAsync(owned.TenantId, ct);
        if (await KnownAsync() is { } earlier) return (earlier, true);
        var (invitation, messageId) = (owned.InvitationId, Short(mail.MessageId));
        var row = new InboundMailRow
        {
            Id = Guid.CreateVersion7(),
            ReceivedAt = HistoryChain.Storable(clock.GetUtcNow()),
            Raw = secret ? [] : arrived.Raw,
            Size = arrived.Size,
            Sha256 = mail.Sha256,
            MessageId = messageId,
            ReplyKey = invitation is { } answered && messageId is not null ? MailJudge.ReplyKeyOf(answered, messageId) : null,
            Authentication = HeldMailReading.Written(mail.Authentication),
            SignatureHash = secret ? null : mail.Signature,
            FromAddress = Short(mail.From),
            Subject = secret ? null : Short(mail.Subject),
            Kind = KindOf(mail.Kind),
            State = secret ? MailJudgement.IsHeld : MailJudgement.Stored,
            Reason = secret ? InboundMailRow.StateSecret : null,
            InvitationId = invitation,
            MatterId = owned.MatterId,
        };
        while (true)
        {
            db.InboundMails.Add(row);
            try
            {
                await db.SaveChangesAsync(ct);
                return (row, false);
            }
            catch (DbUpdateException race) when (DatabaseFaults.IsRace(race))
            {
                // Another node stored the same bytes a moment ago, and judges them.
                db.ChangeTracker.Clear();
                if (await KnownAsync() is { } stored) return (stored, true);
                // Other bytes under a Message-ID that has answered this invitation: kept, but not as the answer.
                if (row.ReplyKey is null) throw new InvalidOperationException("A mail could not be stored and is not there.", race);
                row.ReplyKey = null;
            }
        }

        Task<InboundMailRow?> KnownAsync() => MailQueries.KnownAsync(db, mail.Sha256);
    }

    private static string KindOf(MailKind kind) => kind switch
    {
        MailKind.AutoReply => "auto-reply",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>A stranger's header may be long and hold what a database refuses.</summary>
    private static string? Short(string? header)
    {
        var clean = header?.Replace("\0", "", StringComparison.Ordinal);
        return clean is { Length: > 500 } ? clean[..500] : clean;
    }
}
