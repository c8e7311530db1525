using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Processes;

/// <summary>The mails that opinions came by, whole: what was counted and what was cut off, and the way back when too much was.</summary>
public interface IOpinionMails
{
    /// <summary>Null for an opinion that did not come by mail.</summary>
    Task<OpinionMail?> ShowAsync(Guid tenantId, LegalOpinion opinion, CancellationToken ct);

    /// <summary>The mail's whole text becomes the opinion's next version, word for word; nobody types any of it. The reason goes on record.</summary>
    /// <returns>Null, or why not.</returns>
    Task<Refusal?> RestoreAsync(Guid tenantId, Guid matterId, Invitation invitation, string reason, Actor actor, CancellationToken ct);
}

/// <param name="Parts">In order, these are the mail's text to the letter.</param>
public sealed record OpinionMail(string? From, string? Subject, DateTimeOffset ReceivedAt, IReadOnlyList<OpinionMailPart> Parts)
{
    public string Whole => string.Concat(Parts.Select(p => p.Text)).Trim();

    public string Elided => string.Join("\n\n", Parts.Where(p => !p.Kept).Select(p => p.Text.Trim('\n', '\r')).Where(text => !string.IsNullOrWhiteSpace(text)));
}

public sealed record OpinionMailPart(string Text, bool Kept);
