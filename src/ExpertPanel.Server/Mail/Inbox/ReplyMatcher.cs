using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The invitation a reply answers, its expert, its matter.</summary>
public sealed record MatchedReply(InvitationRow Invitation, string ExpertName, Matter Matter);

/// <summary>Whether token, sender, the matter's secrecy and the mail's authenticity agree; else the coded reason to hold it.</summary>
public sealed class ReplyMatcher(CommitteeSettings settings)
{
    /// <summary>The rule that asks for a DKIM signature of the sender's own domain; off where the committee has not set it.</summary>
    public const string RequireDkim = "mail.requireDkim";

    public async Task<(MatchedReply? Reply, string? HoldReason)> MatchAsync(PanelDb db, ReadMail mail, CancellationToken ct)
    {
        if (mail.Token is not { } token) return (null, "no-token");
        var hash = ReplyTokens.HashOf(token);
        if (await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.TokenHash == hash, ct) is not { } invitation) return (null, "token-unknown");
        var expert = await db.Experts.AsNoTracking().Include(e => e.Addresses).SingleAsync(e => e.Id == invitation.ExpertId, ct);
        if (!expert.Addresses.Any(a => a.Address.Equals(mail.From, StringComparison.OrdinalIgnoreCase))) return (null, "sender-mismatch");

        var state = await db.Matters.Where(m => m.Id == invitation.MatterId).Select(m => m.State).SingleAsync(ct);
        var matter = JsonSerializer.Deserialize<Matter>(state, MatterCommands.Json) ?? throw new JsonException("A matter's state is empty.");
        if (!matter.MailAllowed) return (null, "mail-not-allowed");
        return Distrust(mail.Authentication, await settings.RulesAsync(db, matter.RulesVersion, ct)) is { } reason
            ? (null, reason)
            : (new(invitation, expert.Name, matter), null);
    }

    private static string? Distrust(MailAuthentication authentication, CommitteeRules rules)
    {
        if (authentication.Dkim == DkimResult.Fail) return "dkim-fail";
        var required = rules.Has(RequireDkim) && rules.On(RequireDkim);
        return required && authentication.AlignedDomain is null ? "dkim-none" : null;
    }
}
