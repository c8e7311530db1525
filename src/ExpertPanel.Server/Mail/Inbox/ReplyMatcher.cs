using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The invitation a reply answers, its expert, its matter.</summary>
/// <param name="ConfirmedAt">When the expert said by the link that the mail is the own one; null where nobody had to ask.</param>
/// <param name="Unconfirmed">Nothing yet shows that the sender wrote it, and the committee wants the expert asked.</param>
public sealed record MatchedReply(InvitationRow Invitation, string ExpertName, Matter Matter, DateTimeOffset? ConfirmedAt = null, bool Unconfirmed = false);

/// <summary>Whether token, sender, the matter's secrecy and the mail's authenticity agree; else the coded reason to hold it.</summary>
public sealed class ReplyMatcher(CommitteeSettings settings, MatterCache cache, IDkimKeys keys)
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
        var answers = await MailQueries.AnswersAsync(db, row.Id, ct);
        if (answers.Any(a => a.Answer == MailConfirmationRow.No)) return (null, Denied);
        if (mail.Token is not { } token) return (null, "no-token");
        if (await MailQueries.InvitationAsync(db, ReplyTokens.HashOf(token)) is not { } invitation) return (null, "token-unknown");
        var addresses = await MailQueries.AddressesAsync(db, invitation.ExpertId, ct);
        if (!addresses.Any(address => AddressText.Same(address, mail.From))) return (null, "sender-mismatch");

        var name = await MailQueries.ExpertNameAsync(db, invitation.ExpertId);
        var matter = await cache.CurrentAsync(db, invitation.MatterId) ?? throw new InvalidOperationException($"An invitation of matter {invitation.MatterId}, which is not there.");
        if (!matter.MailAllowed) return (null, "mail-not-allowed");
        if (answers.FirstOrDefault(a => a.Answer == MailConfirmationRow.Yes && a.InvitationId == invitation.Id) is { } yes) return (new(invitation, name, matter, yes.AnsweredAt), null);
        // Whom to believe is the office's care of today and no rule of the matter: the newest rules hold.
        var rules = await settings.RulesAsync(db, (await settings.NewestAsync(db, ct)).RulesVersion, ct);
        var failed = mail.Authentication.Dkim == DkimResult.Fail;
        return TrustOf(mail.Authentication, rules) switch
        {
            Trust.Hold => (null, failed ? "dkim-fail" : "dkim-none"),
            var trust => (new(invitation, name, matter, Unconfirmed: trust == Trust.Ask), null),
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
