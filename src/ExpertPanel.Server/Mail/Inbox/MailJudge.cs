using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Outbox;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Screening;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>What became of a stored mail, as its row says it.</summary>
public sealed record MailJudgement(string State, string Reason)
{
    public const string Stored = "stored";
    public const string IsHeld = "held";
    public const string IsCounted = "counted";
    public const string IsIgnored = "ignored";
    public const string IsDiscarded = "discarded";

    /// <summary>Kept with a matter as a letter received; it counts as nothing.</summary>
    public const string IsFiled = "filed";

    /// <summary>The row says it already: written in the transaction of the step that the mail led to.</summary>
    public bool IsWritten { get; init; }

    public static MailJudgement Held(string reason) => new(IsHeld, reason);

    public static MailJudgement Counted(string reason) => new(IsCounted, reason);

    public static MailJudgement Ignored(string reason) => new(IsIgnored, reason);
}

/// <summary>Judges a mail that is safely stored. What agrees in token, sender and authenticity and says its stand plainly counts; every doubt waits for a person.</summary>
public sealed class MailJudge(PanelDbFactory databases, ProcessRunner runner, ReplyMatcher matcher, AttachmentStore attachments, MailOwner owner, BouncedLetters bounced, MailReader reader, MailQuestions questions, TimeProvider clock)
{
    private const int LongestOpinion = 50_000;
    private const int LongestReason = 1000;

    /// <summary>The reason of a mail that waits for the expert's word on the page behind the link.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>The answer came too late, or nothing is asked any more.</summary>
    private static readonly string[] Closed = ["opinion.round-closed", "opinion.past-due", "invitation.no-longer-open", "invitation.past-due", "stage.not-here"];

    public async Task<MailJudgement> JudgeAsync(InboundMailRow row, ReadMail mail, MailVerdicts verdicts, CancellationToken ct)
    {
        if (mail.Kind == MailKind.Bounce) return await BounceAsync(mail, ct);
        if (mail.Verdict == MailVerdict.Ignore) return MailJudgement.Ignored(mail.Reason);
        if (mail.Verdict == MailVerdict.Hold) return MailJudgement.Held(mail.Reason);

        MatchedReply? reply;
        await using (var db = databases.Create(row.TenantId))
        {
            if (await RepeatedAsync(db, row, mail, ct) is { } repeated) return repeated;
            (reply, var doubt) = await matcher.MatchAsync(db, row, mail, ct);
            if (reply is null) return MailJudgement.Held(doubt ?? "unmatched");
        }

        return await AnswerAsync(row, mail, reply, verdicts, ct);
    }

    private async Task<MailJudgement> AnswerAsync(InboundMailRow row, ReadMail mail, MatchedReply reply, MailVerdicts verdicts, CancellationToken ct)
    {
        var forms = MailedForm.In(attachments.Sound(mail), ct);
        var (said, doubt) = MailedForm.Together(OpinionReply.Parse(mail.Text), mail.Text, forms, reply.ExpertName, reply.Matter.Number);
        if (doubt is not null) return MailJudgement.Held(doubt);
        switch (said.Meaning)
        {
            case ReplyMeaning.Decline:
                var reason = mail.Text.Length > LongestReason ? mail.Text[..LongestReason] : mail.Text;
                if (await AskAsync(row, reply, mail, ct) is { } declining) return declining;
                return await RunAsync(row, reply, mail, verdicts, new DeclineInvitation(reply.Invitation.Id, reason), "declined", ct);
            case ReplyMeaning.Recusal:
                return MailJudgement.Held("recusal");
            case ReplyMeaning.Acceptance:
                return MailJudgement.Held("acceptance-only");
            case ReplyMeaning.Opinion when said is { Stand: { } stand }:
                if (AttachmentDoubt(mail, verdicts) is { } barred) return MailJudgement.Held(barred);
                if (said.Text.Length + (said.Suggestions?.Length ?? 0) > LongestOpinion) return MailJudgement.Held("too-long");
                if (await AskAsync(row, reply, mail, ct) is { } waiting) return waiting;
                var (files, rows) = await FilesAsync(row.TenantId, reply.Matter.Id, mail, verdicts, ct);
                var opinion = new SubmitOpinion(reply.Invitation.Id, stand, said.Text, said.Suggestions, said.Dissent, OpinionChannel.Mail, files, row.Sha256, ConfirmedAt: reply.ConfirmedAt);
                return await RunAsync(row, reply, mail, verdicts, opinion, "opinion", ct, rows);
            default:
                return MailJudgement.Held("stand-unclear");
        }
    }

    /// <summary>Null where nothing needs asking. A mail that could not count anyway is not asked about.</summary>
    private async Task<MailJudgement?> AskAsync(InboundMailRow row, MatchedReply reply, ReadMail mail, CancellationToken ct)
    {
        if (!reply.Unconfirmed || mail.From is not { } from) return null;
        var open = reply.Matter is { Ending: null, Panel: { ClosedAt: null } panel } && panel.Find(reply.Invitation.Id) is { } asked
            && (asked.IsOpen || asked.State == InvitationState.Submitted) && clock.GetUtcNow() < ChinaTime.EndOfDay(asked.Due);
        if (!open) return MailJudgement.Held("closed");
        await questions.AskAsync(row, reply.Invitation, reply.ExpertName, AddressText.Fold(from), newAddress: null, also: null, ct);
        return MailJudgement.Held(Unconfirmed);
    }

    private async Task<MailJudgement> RunAsync(InboundMailRow row, MatchedReply reply, ReadMail mail, MailVerdicts verdicts, MatterCommand command, string reason, CancellationToken ct, IReadOnlyList<FileRow>? files = null)
    {
        var expert = Actor.Expert(reply.Invitation.ExpertId, reply.ExpertName, $"mail {mail.From}");
        var (counted, written) = (MailJudgement.Counted(reason), false);
        // In one transaction: were the row still "stored" after a crash, a copy that came on another way would count beside it.
        var result = await runner.RunAsync(row.TenantId, reply.Matter.Id, command, expert, KeyOf(row), ct, alongside: async (db, token) =>
        {
            // A file of an opinion that does not count stays in its mail.
            db.Files.AddRange(files ?? []);
            written = await WriteAsync(db, row.Id, counted, verdicts, token);
        });
        if (result.Refusal is not { } refusal) return counted with { IsWritten = written };
        return MailJudgement.Held(Closed.Contains(refusal.Code, StringComparer.Ordinal) ? "closed" : $"refused:{refusal.Code}");
    }

    /// <returns>Whether the row was waiting for it.</returns>
    internal async Task<bool> WriteAsync(PanelDb db, Guid mailId, MailJudgement judgement, MailVerdicts verdicts, CancellationToken ct)
    {
        var (whole, scannedAt) = (verdicts.Whole, verdicts.Whole.State == ScanState.Waiting ? (DateTimeOffset?)null : HistoryChain.Storable(clock.GetUtcNow()));
        return await db.InboundMails.Where(m => m.Id == mailId && m.State == MailJudgement.Stored).ExecuteUpdateAsync(
            s => s.SetProperty(m => m.State, judgement.State).SetProperty(m => m.Reason, judgement.Reason)
                .SetProperty(m => m.Scan, whole.State).SetProperty(m => m.ScanFind, whole.Find).SetProperty(m => m.ScannedAt, scannedAt), ct) == 1;
    }

    /// <summary>A mail acts once, whoever makes it act: by itself or by a person's word.</summary>
    internal static string KeyOf(InboundMailRow row) => $"mail:{row.Sha256}";

    /// <summary>
    /// The same mail on another way has other bytes but the same Message-ID; with another text it is somebody else's doing. A true
    /// signature of the sender that stood on another mail before is a replay, whatever was changed around it.
    /// </summary>
    private async Task<MailJudgement?> RepeatedAsync(PanelDb db, InboundMailRow row, ReadMail mail, CancellationToken ct)
    {
        if (row is { InvitationId: { } invitation, MessageId: { } messageId, ReplyKey: null })
        {
            var key = ReplyKeyOf(invitation, messageId);
            var earlier = await db.InboundMails.AsNoTracking()
                .Where(m => m.Id != row.Id && (m.ReplyKey == key || (m.InvitationId == invitation && m.MessageId == messageId && m.State != MailJudgement.IsIgnored)))
                .OrderBy(m => m.ReceivedAt).Select(m => m.Raw).FirstOrDefaultAsync(ct);
            if (earlier is not null) return await SameAsync(earlier, mail, ct) ? MailJudgement.Ignored("duplicate") : MailJudgement.Held("message-id-reused");
        }

        if (row.SignatureHash is not { } signature) return null;
        var signed = await db.InboundMails.AsNoTracking().Where(m => m.SignatureHash == signature && m.Id != row.Id && m.ReceivedAt <= row.ReceivedAt && m.State != MailJudgement.IsIgnored).OrderBy(m => m.ReceivedAt).Select(m => m.Raw).FirstOrDefaultAsync(ct);
        if (signed is null) return null;
        return await SameAsync(signed, mail, ct) && row.MessageId is null ? MailJudgement.Ignored("duplicate") : MailJudgement.Held("dkim-replay");
    }

    private async Task<bool> SameAsync(byte[] earlier, ReadMail mail, CancellationToken ct)
    {
        var first = await reader.ReadAsync(earlier, ReadMailOptions.Default, ct);
        return AddressText.Same(first.From, mail.From) && first.Text == mail.Text && first.Attachments.Select(a => a.Sha256).SequenceEqual(mail.Attachments.Select(a => a.Sha256), StringComparer.Ordinal);
    }

    /// <summary>What makes an answer one answer: whom it answers and its Message-ID.</summary>
    internal static string ReplyKeyOf(Guid invitation, string messageId) => Convert.ToHexStringLower(SHA256.HashData([.. invitation.ToByteArray(), .. Encoding.UTF8.GetBytes(messageId)]));

    /// <summary>The opinion may stand in the very file that nobody is to open, so a person says whether the rest of it counts.</summary>
    private string? AttachmentDoubt(ReadMail mail, MailVerdicts verdicts)
    {
        if (verdicts.Whole.IsInfected) return "attachment-infected";
        return mail.Attachments.Select(a => attachments.Check(a).Fault).FirstOrDefault(fault => fault is not null) switch
        {
            null => null,
            FileFault.Kind => "attachment-type",
            var fault => $"attachment-barred:{fault}",
        };
    }

    private async Task<(IReadOnlyList<OpinionFile> Files, IReadOnlyList<FileRow> Rows)> FilesAsync(Guid tenantId, Guid matterId, ReadMail mail, MailVerdicts verdicts, CancellationToken ct)
    {
        if (mail.Attachments.Count == 0) return ([], []);
        await using var db = databases.Create(tenantId);
        return await attachments.RowsAsync(db, matterId, mail.Attachments, verdicts, ct);
    }

    /// <summary>Only a failure for good, of the very address we wrote to, on a letter of ours, opens a seat.</summary>
    private async Task<MailJudgement> BounceAsync(ReadMail mail, CancellationToken ct)
    {
        if (!mail.PermanentFailure) return MailJudgement.Ignored(mail.Reason);
        if (await owner.FindLetterAsync(mail, ct) is not { } letter) return MailJudgement.Held("bounce-of-unknown-letter");
        if (!letter.ToAddress.Equals(mail.FailedRecipient, StringComparison.OrdinalIgnoreCase)) return MailJudgement.Held("bounce-of-other-address");
        await bounced.RecordAsync(letter.TenantId, letter, mail.Subject ?? mail.Reason, ct);
        return MailJudgement.Ignored("bounced");
    }
}
