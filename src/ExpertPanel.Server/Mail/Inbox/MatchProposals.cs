using System.Text;
using System.Text.RegularExpressions;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Which invitation a mail without its token may answer: by the thread's headers, a matter's number in it, and its sender. All of that can
/// be written by anybody, so it proposes and never counts.
/// </summary>
public sealed class MatchProposals
{
    private const int MostProposals = 12;

    private const int MostCandidates = 60;

    /// <summary>Characters of the text that are searched for numbers.</summary>
    private const int LongestSearch = 200_000;

    /// <summary>A name of one character would be found in any text.</summary>
    private const int ShortestName = 2;

    private static readonly string[] Open = [nameof(InvitationState.Invited), nameof(InvitationState.Accepted), nameof(InvitationState.Submitted)];

    // Linear-time engine: the text is the sender's.
    private static readonly Regex Number = new(@"[0-9A-Za-z]{2,12}-\d{4}-\d{4,6}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public async Task<IReadOnlyList<MatchProposal>> FindAsync(PanelDb db, InboundMailRow row, ReadMail mail, CancellationToken ct)
    {
        var found = new Dictionary<Guid, HashSet<string>>();
        if (mail.Token is { } token && ReplyTokens.HashOf(token) is var hash) Add("token", await db.Invitations.Where(i => i.TokenHash == hash).Select(i => i.Id).ToListAsync(ct));
        var ids = mail.References.Reverse().Prepend(mail.InReplyTo ?? "").Select(id => id.Trim().TrimStart('<').TrimEnd('>')).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Take(10).ToList();
        if (ids.Count > 0) Add("thread", await db.Letters.Where(l => ids.Contains(l.MessageId) && l.InvitationId != null).Select(l => l.InvitationId!.Value).Distinct().ToListAsync(ct));

        var from = mail.From is { } sender ? AddressText.Fold(sender) : "";
        var owner = await db.ExpertAddresses.Where(a => a.Address == from).Select(a => (Guid?)a.ExpertId).FirstOrDefaultAsync(ct);
        if (owner is { } expert)
        {
            var open = await db.Invitations.Where(i => i.ExpertId == expert && Open.Contains(i.State)).OrderByDescending(i => i.InvitedAt).Take(MostCandidates).Select(i => i.Id).ToListAsync(ct);
            Add("sender", open);
            if (open.Count == 1) Add("onlyOpen", open);
        }

        var numbers = NumbersIn(mail);
        if (numbers.Count > 0) Add("number", await db.Invitations.Where(i => db.Matters.Any(m => m.Id == i.MatterId && numbers.Contains(m.Number))).OrderByDescending(i => i.InvitedAt).Take(MostCandidates).Select(i => i.Id).ToListAsync(ct));
        if (mail.FromName is { Length: >= ShortestName } name)
            Add("name", await db.Invitations.Where(i => Open.Contains(i.State) && db.Experts.Any(e => e.Id == i.ExpertId && e.Name == name)).OrderByDescending(i => i.InvitedAt).Take(MostCandidates).Select(i => i.Id).ToListAsync(ct));
        return found.Count == 0 ? [] : await SortedAsync(db, mail, owner, found, ct);

        void Add(string evidence, IEnumerable<Guid> invitations)
        {
            foreach (var invitation in invitations)
            {
                if (!found.TryGetValue(invitation, out var known)) found[invitation] = known = new(StringComparer.Ordinal);
                known.Add(evidence);
            }
        }
    }

    private static async Task<IReadOnlyList<MatchProposal>> SortedAsync(PanelDb db, ReadMail mail, Guid? owner, Dictionary<Guid, HashSet<string>> found, CancellationToken ct)
    {
        var rows = await db.Invitations.Where(i => found.Keys.Contains(i.Id))
            .Select(i => new { i.Id, i.ExpertId, i.State, Number = db.Matters.Where(m => m.Id == i.MatterId).Select(m => m.Number).First(), Expert = db.Experts.Where(e => e.Id == i.ExpertId).Select(e => e.Name).First() })
            .ToListAsync(ct);
        foreach (var row in rows)
        {
            if (row.ExpertId == owner) found[row.Id].Add("sender");
            if (row.Expert.Length >= ShortestName && (mail.FromName == row.Expert || mail.Text.Contains(row.Expert, StringComparison.Ordinal))) found[row.Id].Add("name");
        }

        // A number names a whole panel; where something points to one of it, the others are no help.
        var pointed = rows.Where(r => found[r.Id].Count > 1 || !found[r.Id].Contains("number")).Select(r => r.Number).ToHashSet(StringComparer.Ordinal);
        return [.. rows.Where(r => !(found[r.Id] is { Count: 1 } only && only.Contains("number") && pointed.Contains(r.Number)))
            .Select(r => new MatchProposal(r.Id, r.Number, r.Expert, r.State, CertaintyOf(found[r.Id]), [.. found[r.Id].Order(StringComparer.Ordinal)]))
            .OrderBy(p => p.Certainty).ThenByDescending(p => p.Evidence.Count).ThenByDescending(p => p.MatterNumber, StringComparer.Ordinal).Take(MostProposals)];
    }

    private static MatchCertainty CertaintyOf(HashSet<string> evidence)
    {
        var led = evidence.Contains("token") || evidence.Contains("thread");
        if (led && evidence.Contains("sender")) return MatchCertainty.Certain;
        var sender = evidence.Contains("sender") && (evidence.Contains("number") || evidence.Contains("onlyOpen"));
        return led || sender ? MatchCertainty.Probable : MatchCertainty.Possible;
    }

    private static List<string> NumbersIn(ReadMail mail)
    {
        var text = $"{mail.Subject}\n{mail.Text}\n{mail.Elided}";
        text = (text.Length > LongestSearch ? text[..LongestSearch] : text).Normalize(NormalizationForm.FormKC);
        return [.. Number.Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Take(10)];
    }
}
