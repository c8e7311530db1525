using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Processes;

/// <summary>收件待定: mail that a person decides upon, each with its coded reason.</summary>
public interface IHoldingPen
{
    /// <param name="reason">Only mails held for this coded reason; null for all.</param>
    Task<HeldMails> ListAsync(Guid tenantId, int skip, int most, CancellationToken ct, string? reason = null);

    /// <param name="matterNumber">The matter whose invitations are offered; without it the one that the mail seems to be about.</param>
    Task<HeldMailDetail?> ShowAsync(Guid tenantId, Guid mailId, string? matterNumber, CancellationToken ct);

    /// <summary>The mail as it came; null where there is none, its bytes were not kept, or the virus scanner has not found it clean.</summary>
    Task<byte[]?> RawAsync(Guid tenantId, Guid mailId, CancellationToken ct);

    /// <summary>An attachment, or one of a mail attached to it, by its place in <see cref="HeldMailDetail.Attachments"/>; null where there is none.</summary>
    Task<HeldContent?> AttachmentAsync(Guid tenantId, Guid mailId, int number, CancellationToken ct);

    /// <summary>A person says that it counts, for which invitation and with which stand.</summary>
    /// <returns>Null, or why not.</returns>
    Task<Refusal?> AcceptAsync(Guid tenantId, Guid mailId, HeldMailAcceptance acceptance, Actor actor, CancellationToken ct);

    /// <summary>A person says that it does not count, and why. The mail stays on record.</summary>
    /// <returns>Null, or why not.</returns>
    Task<Refusal?> DiscardAsync(Guid tenantId, Guid mailId, string reason, Actor actor, CancellationToken ct);

    /// <summary>Kept with another matter or invitation as a letter received; it counts as nothing.</summary>
    /// <returns>Null, or why not.</returns>
    Task<Refusal?> FileAsync(Guid tenantId, Guid mailId, HeldMailFiling filing, Actor actor, CancellationToken ct);

    /// <summary>
    /// Asks the expert, at the address that is registered already, whether the sender's address is the own one too. With a yes the address is
    /// registered as verified and the mails from it are judged again.
    /// </summary>
    /// <returns>Null, or why not.</returns>
    Task<Refusal?> RegisterAsync(Guid tenantId, Guid mailId, Guid invitationId, Actor actor, CancellationToken ct);

    /// <summary>Answers the sender with one of the committee's ready texts; at most one notice for a sender in a day of China.</summary>
    /// <returns>Null, or why not.</returns>
    Task<Refusal?> NotifyAsync(Guid tenantId, Guid mailId, string notice, Actor actor, CancellationToken ct);

    /// <summary>Judges held mails again, after a rule or a registered address has changed. Repeated, it changes nothing more.</summary>
    /// <param name="mailId">One mail; null for all, oldest first, up to <see cref="RejudgedMails.Most"/>.</param>
    Task<RejudgedMails> RejudgeAsync(Guid tenantId, Guid? mailId, Actor actor, CancellationToken ct);
}

public sealed record HeldMails(int Total, IReadOnlyList<HeldMail> Mails)
{
    /// <summary>How many wait for each coded reason, the most frequent first; whatever the list itself is limited to.</summary>
    public IReadOnlyList<ReasonCount> Reasons { get; init; } = [];

    /// <summary>When the longest waiting came; null where none waits.</summary>
    public DateTimeOffset? Oldest { get; init; }
}

public sealed record ReasonCount(string Reason, int Count);

/// <param name="InvitationId">The expert it came from, where it is one of the matter's.</param>
public sealed record HeldMailFiling(string MatterNumber, Guid? InvitationId, string Note);

/// <param name="Left">How many of those held were not looked at.</param>
public sealed record RejudgedMails(IReadOnlyList<RejudgedMail> Mails, int Left, Refusal? Refusal = null)
{
    public const int Most = 200;

    public int Changed => Mails.Count(m => m.Changed);
}

/// <param name="Was">The reason it was held for.</param>
/// <param name="State">Now: <c>held</c>, <c>counted</c> or <c>ignored</c>.</param>
public sealed record RejudgedMail(Guid Id, string? From, string? Subject, string Was, string State, string Reason)
{
    public bool Changed => State != "held" || Was != Reason;
}

/// <summary>How sure a proposal is. It proposes; only a person makes a mail count by it.</summary>
public enum MatchCertainty
{
    Certain,
    Probable,
    Possible,
}

/// <param name="Evidence">Coded: <c>token</c>, <c>thread</c> (answers a letter of ours), <c>number</c>, <c>sender</c> (a registered address), <c>onlyOpen</c> (the expert's one open invitation), <c>name</c>.</param>
public sealed record MatchProposal(Guid InvitationId, string MatterNumber, string ExpertName, string State, MatchCertainty Certainty, IReadOnlyList<string> Evidence);

/// <summary>What was asked of the expert about a held mail.</summary>
/// <param name="Kind"><c>mail</c>: is it yours; <c>address</c>: is the sender's address yours too.</param>
/// <param name="Answer"><c>yes</c> or <c>no</c>; null until answered.</param>
public sealed record AskedQuestion(string Kind, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt, DateTimeOffset? AnsweredAt, string? Answer);

public sealed record HeldMail(Guid Id, DateTimeOffset ReceivedAt, string? From, string? Subject, string Kind, string Reason, string? MatterNumber);

/// <param name="Elided">Quotes and client footers, cut off from the text; a person may want them.</param>
/// <param name="Stand">What the reply seems to say.</param>
/// <param name="Suggested">The invitation that the token or the sender points to.</param>
/// <param name="Kept">Whether its bytes were kept; those of a state secret are not.</param>
public sealed record HeldMailDetail(
    HeldMail Mail, long Size, string Sha256, bool Kept, string Text, string Elided, IReadOnlyList<HeldAttachment> Attachments, string Dkim, OpinionStand? Stand,
    IReadOnlyList<InvitationChoice> Choices, Guid? Suggested)
{
    /// <summary>Which invitation it may answer, the surest first.</summary>
    public IReadOnlyList<MatchProposal> Proposals { get; init; } = [];

    public IReadOnlyList<AskedQuestion> Questions { get; init; } = [];

    /// <summary>The expert for whom the sender's address can be registered; null where it is registered, or nobody's.</summary>
    public InvitationChoice? Registrable { get; init; }

    /// <summary>The sender was written to today already, or there is no one sender to write to.</summary>
    public bool CanNotify { get; init; }

    /// <summary>What the virus scanner said of the mail and everything in it; see <see cref="Data.ScanState"/>.</summary>
    public string Scan { get; init; } = Data.ScanState.Waiting;

    public string? ScanFind { get; init; }

    /// <summary>Mails that came inside this one, opened one level.</summary>
    public IReadOnlyList<HeldMailInside> Inside { get; init; } = [];

    /// <summary>The opinion forms among the attachments that were filled in, as text.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];
}

/// <param name="Counts">Of a kind that is given out; others are kept as evidence only.</param>
/// <param name="Fault">Why not.</param>
/// <param name="HasMacros">It brings a VBA project.</param>
/// <param name="Within">The attached mail that it came in.</param>
public sealed record HeldAttachment(string Name, string Type, long Size, bool Counts, string? Fault = null, bool HasMacros = false, string? Within = null);

public sealed record HeldMailInside(string Name, string? From, string? Subject, string Text);

public sealed record HeldContent(HeldAttachment File, byte[] Content, string Scan, string? ScanFind);

public sealed record InvitationChoice(Guid InvitationId, string MatterNumber, string ExpertName, string Seat, string State);

/// <param name="RegisterAddress">The sender's address is the expert's: mail from it may count from now on.</param>
public sealed record HeldMailAcceptance(Guid InvitationId, OpinionStand Stand, bool RegisterAddress = false, string? Note = null);
