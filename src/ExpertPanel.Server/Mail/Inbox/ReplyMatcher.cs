using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The invitation a reply answers, its expert, its matter.</summary>
/// <param name="ConfirmedAt">When the expert said by the link that the mail is the own one; null where nobody had to ask.</param>
/// <param name="Unconfirmed">Nothing yet shows that the sender wrote it, and the committee wants the expert asked.</param>
public sealed record MatchedReply(InvitationRow Invitation, string ExpertName, Matter Matter, DateTimeOffset? ConfirmedAt = null, bool Unconfirmed = false);

/// <summary>Whether token, sender, the matter's secrecy and the mail's authenticity agree; else the coded reason to hold it.</summary>
public sealed class ReplyMatcher(CommitteeSettings settings, IDkimKeys keys)
{
    /// <summary>The older rule that holds whatever the sender's own domain did not sign; off where the committee has not set it.</summary>
    public const string RequireDkim = "mail.requireDkim";

    /// <summary>The reason of a mail that the expert said not to have sent.</summary>
    public const string Denied = "denied";

    private enum Trust
    {
        Trusted,
        Ask,
        Hold,
    }

    public async Task<(MatchedReply? Reply, string? HoldReason)> MatchAsync(PanelDb db, InboundMailRow row, ReadMail mail, CancellationToken ct)
    {
        var answers = await db.MailConfirmations.AsNoTracking().Where(c => c.MailId == row.Id && c.Answer != null).Select(c => new { c.Answer, c.AnsweredAt, c.InvitationId }).ToListAsync(ct);
        if (answers.Exists(a => a.Answer == MailConfirmationRow.No)) return (null, Denied);
        if (mail.Token is not { } token) return (null, "no-token");
        var hash = ReplyTokens.HashOf(token);
        if (await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.TokenHash == hash, ct) is not { } invitation) return (null, "token-unknown");
        var expert = await db.Experts.AsNoTracking().Include(e => e.Addresses).SingleAsync(e => e.Id == invitation.ExpertId, ct);
        if (!expert.Addresses.Any(a => AddressText.Same(a.Address, mail.From))) return (null, "sender-mismatch");

        var state = await db.Matters.Where(m => m.Id == invitation.MatterId).Select(m => m.State).SingleAsync(ct);
        var matter = JsonSerializer.Deserialize<Matter>(state, MatterCommands.Json) ?? throw new JsonException("A matter's state is empty.");
        if (!matter.MailAllowed) return (null, "mail-not-allowed");
        if (answers.Find(a => a.Answer == MailConfirmationRow.Yes && a.InvitationId == invitation.Id) is { } yes) return (new(invitation, expert.Name, matter, yes.AnsweredAt), null);
        // Whom to believe is the office's care of today and no rule of the matter: the newest rules hold.
        var rules = await settings.RulesAsync(db, (await settings.NewestAsync(db, ct)).RulesVersion, ct);
        var failed = mail.Authentication.Dkim == DkimResult.Fail;
        return TrustOf(mail.Authentication, rules) switch
        {
            Trust.Hold => (null, failed ? "dkim-fail" : "dkim-none"),
            var trust => (new(invitation, expert.Name, matter, Unconfirmed: trust == Trust.Ask), null),
        };
    }

    /// <summary>
    /// A signature of the sender's domain is believed. Without one the committee's own decision holds; the shipped default holds wherever
    /// signatures can be checked at all. Where mail is files and no key is known, whoever may write into the folder is believed, as ever.
    /// </summary>
    private Trust TrustOf(MailAuthentication authentication, CommitteeRules rules)
    {
        if (authentication.AlignedDomain is not null) return Trust.Trusted;
        if (rules.Has(RequireDkim) && rules.On(RequireDkim)) return Trust.Hold;
        if (rules.UnsignedSender is { } policy && (rules.DecidedUnsignedSender || keys.CanFind)) return policy == UnsignedSender.Confirm ? Trust.Ask : Trust.Hold;
        return authentication.Dkim == DkimResult.Fail ? Trust.Hold : Trust.Trusted;
    }
}
