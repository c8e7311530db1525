using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Outbox;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Screening;
using ExpertPanel.Workflows;
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

    public static MailJudgement Held(string reason) => new(IsHeld, reason);

    public static MailJudgement Counted(string reason) => new(IsCounted, reason);

    public static MailJudgement Ignored(string reason) => new(IsIgnored, reason);
}

/// <summary>Judges a mail that is safely stored. What agrees in token, sender and authenticity and says its stand plainly counts; every doubt waits for a person.</summary>
public sealed class MailJudge(PanelDbFactory databases, ProcessRunner runner, ReplyMatcher matcher, AttachmentStore attachments, MailOwner owner, BouncedLetters bounced, MailReader reader)
{
    private const int LongestOpinion = 50_000;
    private const int LongestReason = 1000;

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
            (reply, var doubt) = await matcher.MatchAsync(db, mail, ct);
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
                return await RunAsync(row, reply, mail, new DeclineInvitation(reply.Invitation.Id, reason), "declined", ct);
            case ReplyMeaning.Recusal:
                return MailJudgement.Held("recusal");
            case ReplyMeaning.Acceptance:
                return MailJudgement.Held("acceptance-only");
            case ReplyMeaning.Opinion when said is { Stand: { } stand }:
                if (AttachmentDoubt(mail, verdicts) is { } barred) return MailJudgement.Held(barred);
                if (said.Text.Length + (said.Suggestions?.Length ?? 0) > LongestOpinion) return MailJudgement.Held("too-long");
                var files = await StoreFilesAsync(row.TenantId, reply.Matter.Id, mail, verdicts, ct);
                var opinion = new SubmitOpinion(reply.Invitation.Id, stand, said.Text, said.Suggestions, said.Dissent, OpinionChannel.Mail, files, row.Sha256);
                return await RunAsync(row, reply, mail, opinion, "opinion", ct);
            default:
                return MailJudgement.Held("stand-unclear");
        }
    }

    private async Task<MailJudgement> RunAsync(InboundMailRow row, MatchedReply reply, ReadMail mail, MatterCommand command, string reason, CancellationToken ct)
    {
        var expert = Actor.Expert(reply.Invitation.ExpertId, reply.ExpertName, $"mail {mail.From}");
        var result = await runner.RunAsync(row.TenantId, reply.Matter.Id, command, expert, KeyOf(row), ct);
        if (result.Refusal is not { } refusal) return MailJudgement.Counted(reason);
        return MailJudgement.Held(Closed.Contains(refusal.Code, StringComparer.Ordinal) ? "closed" : $"refused:{refusal.Code}");
    }

    /// <summary>A mail acts once, whoever makes it act: by itself or by a person's word.</summary>
    internal static string KeyOf(InboundMailRow row) => $"mail:{row.Sha256}";

    /// <summary>The same mail on another way has other bytes but the same Message-ID; with another text it is somebody else's doing.</summary>
    private async Task<MailJudgement?> RepeatedAsync(PanelDb db, InboundMailRow row, ReadMail mail, CancellationToken ct)
    {
        if (row is not { InvitationId: { } invitation, MessageId: { } messageId }) return null;
        var earlier = await db.InboundMails.AsNoTracking()
            .Where(m => m.InvitationId == invitation && m.MessageId == messageId && m.Id != row.Id && (m.State == MailJudgement.IsCounted || m.State == MailJudgement.IsHeld || m.State == MailJudgement.IsDiscarded))
            .OrderBy(m => m.ReceivedAt).Select(m => m.Raw).FirstOrDefaultAsync(ct);
        if (earlier is null) return null;
        var first = await reader.ReadAsync(earlier, ReadMailOptions.Default, ct);
        return first.From == mail.From && first.Text == mail.Text && first.Attachments.Select(a => a.Sha256).SequenceEqual(mail.Attachments.Select(a => a.Sha256), StringComparer.Ordinal)
            ? MailJudgement.Ignored("duplicate")
            : MailJudgement.Held("message-id-reused");
    }

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

    private async Task<IReadOnlyList<OpinionFile>> StoreFilesAsync(Guid tenantId, Guid matterId, ReadMail mail, MailVerdicts verdicts, CancellationToken ct)
    {
        if (mail.Attachments.Count == 0) return [];
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(tenantId);
        var files = await attachments.AddAsync(db, matterId, mail.Attachments, verdicts, ct);
        await db.SaveChangesAsync(ct);
        return files;
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
