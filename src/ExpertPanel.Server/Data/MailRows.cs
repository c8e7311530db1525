using ExpertPanel.Server.Tenancy;

namespace ExpertPanel.Server.Data;

/// <summary>A letter due, sent or failed. It has one Message-ID for ever, whatever happens in between.</summary>
public sealed class LetterRow : ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid MatterId { get; set; }

    public Guid? InvitationId { get; set; }

    public Guid? ExpertId { get; set; }

    public string Kind { get; set; } = "";

    public string ToName { get; set; } = "";

    public string ToAddress { get; set; } = "";

    /// <summary>What the letter says, as a JSON object of texts, beside what the matter tells.</summary>
    public string Facts { get; set; } = "{}";

    public string MessageId { get; set; } = "";

    public string? Subject { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset NextAttemptAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Given up: shown on the desk until somebody acts.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    public string? LastError { get; set; }

    public string? ClaimedBy { get; set; }

    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>SHA-256 of the message as sent.</summary>
    public string? Sha256 { get; set; }

    /// <summary>A copy of its own, to be changed beside this one.</summary>
    public LetterRow Copy() => (LetterRow)MemberwiseClone();
}

/// <summary>A mail as it came, stored before anything read it.</summary>
public sealed class InboundMailRow : ITenantOwned, IScanned
{
    /// <summary>The reason of what bears a state-secret mark; its contents are not kept.</summary>
    public const string StateSecret = "state-secret";

    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Its bytes; none where they bear a state-secret mark.</summary>
    public byte[] Raw { get; set; } = [];

    /// <summary>In bytes, as it came.</summary>
    public long Size { get; set; }

    public string Sha256 { get; set; } = "";

    public string? MessageId { get; set; }

    public string? FromAddress { get; set; }

    public string? Subject { get; set; }

    public string Kind { get; set; } = "";

    /// <summary><c>stored</c>, <c>held</c>, <c>counted</c>, <c>ignored</c>, <c>discarded</c>, <c>filed</c> (kept with a matter, not counted).</summary>
    public string State { get; set; } = "stored";

    /// <summary>The coded reason of the verdict.</summary>
    public string? Reason { get; set; }

    public Guid? MatterId { get; set; }

    public Guid? InvitationId { get; set; }

    /// <summary>SHA-256 of invitation and Message-ID: only one mail may answer under it, for ever. Null for whatever came later, and without a Message-ID.</summary>
    public string? ReplyKey { get; set; }

    /// <summary>What DKIM said when it came, such as <c>pass example.cn</c>: keys are withdrawn, and asking again would find none.</summary>
    public string? Authentication { get; set; }

    /// <summary>SHA-256 of the signature that spoke for the sender: the same signature on other bytes is somebody's replay.</summary>
    public string? SignatureHash { get; set; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecisionNote { get; set; }

    public string Scan { get; set; } = ScanState.Waiting;

    public string? ScanFind { get; set; }

    public DateTimeOffset? ScannedAt { get; set; }

    public DateTimeOffset? NextScanAt { get; set; }
}

/// <summary>An opinion being written on the web; replaced at each save, gone when submitted.</summary>
public sealed class OpinionDraftRow : ITenantOwned
{
    public Guid InvitationId { get; set; }

    public Guid TenantId { get; set; }

    public string Stand { get; set; } = "";

    public string Text { get; set; } = "";

    public string? Suggestions { get; set; }

    public bool Dissent { get; set; }

    /// <summary>The attachments as a JSON list of <see cref="Workflows.Panels.OpinionFile"/>; their bytes are <see cref="FileRow"/>s.</summary>
    public string Files { get; set; } = "[]";

    public DateTimeOffset SavedAt { get; set; }
}

/// <summary>A six-digit code mailed to an expert: ten minutes, once (ASVS V6.5.1, V6.5.5).</summary>
public sealed class ReplyCodeRow : ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid InvitationId { get; set; }

    public string CodeHash { get; set; } = "";

    public DateTimeOffset SentAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public int Tries { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}
