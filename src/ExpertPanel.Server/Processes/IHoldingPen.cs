using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Processes;

/// <summary>收件待定: mail that a person decides upon, each with its coded reason.</summary>
public interface IHoldingPen
{
    Task<HeldMails> ListAsync(Guid tenantId, int skip, int most, CancellationToken ct);

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
}

public sealed record HeldMails(int Total, IReadOnlyList<HeldMail> Mails);

public sealed record HeldMail(Guid Id, DateTimeOffset ReceivedAt, string? From, string? Subject, string Kind, string Reason, string? MatterNumber);

/// <param name="Elided">Quotes and client footers, cut off from the text; a person may want them.</param>
/// <param name="Stand">What the reply seems to say.</param>
/// <param name="Suggested">The invitation that the token or the sender points to.</param>
/// <param name="Kept">Whether its bytes were kept; those of a state secret are not.</param>
public sealed record HeldMailDetail(
    HeldMail Mail, long Size, string Sha256, bool Kept, string Text, string Elided, IReadOnlyList<HeldAttachment> Attachments, string Dkim, OpinionStand? Stand,
    IReadOnlyList<InvitationChoice> Choices, Guid? Suggested)
{
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
