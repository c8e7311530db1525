using System.Security.Cryptography;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Letters;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using MimeKit;

namespace ExpertPanel.Server.Mail.Outbox;

/// <summary>
/// Sends the letters that are due: claim, commit, compose, send with no transaction open, record. A letter goes again under the same
/// Message-ID until a server takes it over, refuses it for good, or 72 hours have passed.
/// </summary>
public sealed class OutboxRunner(
    PanelDbFactory databases, CommitteeSettings settings, MatterCache cache, ReplyTokens tokens, LetterComposer composer, LetterSigning signing, SendingPace pace, IMailTransport transport, BouncedLetters bounced,
    TimeProvider clock, ILogger<OutboxRunner> log, IOpinionDocument? opinions = null)
{
    private const int Batch = 16;

    private const int LongestError = 500;

    private static readonly FormatOptions OnTheWire = WireFormat();

    /// <returns>How many letters were attempted.</returns>
    public async Task<int> SendDueAsync(int most, CancellationToken ct)
    {
        List<TenantWork> due;
        using (await databases.Gate.EnterAsync(ct))
        {
            await using var db = await databases.CreateWriterAsync(Guid.Empty, ct);
            due = await CrossTenant.DueLettersAsync(db, clock.GetUtcNow(), most, ct);
        }

        var attempted = 0;
        foreach (var tenant in due.GroupBy(work => work.TenantId))
            foreach (var ids in tenant.Select(work => work.Id).Chunk(Batch))
                attempted += await SendAsync(tenant.Key, ids, ct);
        return attempted;
    }

    private async Task<int> SendAsync(Guid tenantId, Guid[] ids, CancellationToken ct)
    {
        var claimed = new ClaimedLetters(databases, settings, cache, clock);
        var letters = await claimed.TakeAsync(tenantId, ids, ct);
        var begun = 0;
        try
        {
            while (begun < letters.Count && claimed.MayBegin && !ct.IsCancellationRequested)
            {
                var letter = letters[begun++];
                await claimed.RecordAsync(letter.Row, await AttemptAsync(tenantId, letter, ct), CancellationToken.None);
            }
        }
        finally
        {
            if (begun < letters.Count) await claimed.ReleaseAsync([.. letters.Skip(begun).Select(l => l.Row.Id)]);
        }

        return begun;
    }

    private async Task<LetterOutcome> AttemptAsync(Guid tenantId, LetterToSend letter, CancellationToken ct)
    {
        if (await pace.WaitAsync(tenantId, letter.Row.ToAddress, ct) is var (at, why)) return new() { NotTried = true, NextAttemptAt = HistoryChain.Storable(at), Error = why };
        MimeMessage message;
        try
        {
            message = await ComposeAsync(tenantId, letter, ct);
            await signing.SignAsync(message, tenantId, letter.Row.CreatedAt, ct);
        }
        catch (Exception fault) when (fault is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            // A letter that can't be written must not stop the letters behind it; a person sees it.
            return Failed($"无法成文：{fault.Message}");
        }

        using (message)
        {
            var sha256 = await HashAsync(message, ct);
            return await OutcomeAsync(tenantId, letter.Row, await transport.SendAsync(message, ct)) with { Subject = message.Subject, Sha256 = sha256 };
        }
    }

    private async Task<MimeMessage> ComposeAsync(Guid tenantId, LetterToSend letter, CancellationToken ct)
    {
        var token = letter.Row.InvitationId is { } invitation ? tokens.TokenOf(tenantId, invitation) : null;
        var opinion = letter.Row.Kind == LetterKinds.OpinionDelivery && letter.Matter.MailAllowed && opinions is not null
            ? await opinions.FindAsync(tenantId, letter.Matter, ct)
            : null;
        var question = LetterSource.QuestionOf(letter.Row) switch
        {
            null => null,
            { } id when letter.Row.Kind == LetterKinds.AccountInvitation => tokens.AccountInvitationOf(tenantId, id),
            { } id => tokens.ConfirmationOf(tenantId, id),
        };
        return await composer.ComposeAsync(letter.Row, letter.Matter, letter.Rules, new(token, letter.Consultation, opinion, question));
    }

    private async Task<LetterOutcome> OutcomeAsync(Guid tenantId, LetterRow row, DeliveryOutcome delivery)
    {
        switch (delivery)
        {
            case DeliveryOutcome.Accepted:
                return new() { SentAt = HistoryChain.Storable(clock.GetUtcNow()) };
            case DeliveryOutcome.Retry retry:
                log.LogWarning("Letter {Letter} ({Kind}) waits: {Reason}", row.Id, row.Kind, retry.Reason);
                return RetryPauses.After(row.Attempts + 1) is { } pause
                    ? new() { NextAttemptAt = HistoryChain.Storable(clock.GetUtcNow() + pause), Error = Short(retry.Reason) }
                    : Failed($"72 小时内未能发出：{retry.Reason}");
            case DeliveryOutcome.RecipientRejected rejected:
                await bounced.RecordAsync(tenantId, row, rejected.Reason, CancellationToken.None);
                return Failed($"退信：{rejected.Reason}");
            case DeliveryOutcome.Failed failed:
                return Failed(failed.Reason);
            default:
                throw new InvalidOperationException($"The transport gave {delivery.GetType().Name}.");
        }
    }

    private LetterOutcome Failed(string reason)
    {
        log.LogError("A letter failed: {Reason}", reason);
        return new() { FailedAt = HistoryChain.Storable(clock.GetUtcNow()), Error = Short(reason) };
    }

    private static string Short(string reason) => reason.Length > LongestError ? reason[..LongestError] : reason;

    private static async Task<string> HashAsync(MimeMessage message, CancellationToken ct)
    {
        using var bytes = new MemoryStream(16 * 1024);
        await message.WriteToAsync(OnTheWire, bytes, ct);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private static FormatOptions WireFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
