using ExpertPanel.Server.Tenancy;

namespace ExpertPanel.Server.Data;

/// <summary>A matter: its state as JSON, and beside it the columns that lists and searches need.</summary>
public sealed class MatterRow : ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    /// <summary>Optimistic concurrency, and the sequence number of the last history row.</summary>
    public int Version { get; set; }

    /// <summary>Hash of the last history row: a cut tail shows.</summary>
    public string HistoryHead { get; set; } = "";

    /// <summary>The state: <see cref="Workflows.Matters.Matter"/>.</summary>
    public string State { get; set; } = "";

    public string Number { get; set; } = "";

    public string Title { get; set; } = "";

    public string Type { get; set; } = "";

    public string Stage { get; set; } = "";

    public DateTimeOffset StageSince { get; set; }

    /// <summary>The role whose desk it is on; null once it has ended.</summary>
    public string? WaitingFor { get; set; }

    /// <summary>The person whose desk it is on, where one is named.</summary>
    public string? WaitingForPerson { get; set; }

    public string SponsoringUnit { get; set; } = "";

    public string LetterNumber { get; set; } = "";

    public string Secrecy { get; set; } = "";

    public string Urgency { get; set; } = "";

    public bool Suspended { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public string? Division { get; set; }

    public string? LeaderId { get; set; }

    public string? LeaderName { get; set; }

    public string? HandlerId { get; set; }

    public string? HandlerName { get; set; }

    /// <summary>Divisions still to countersign, separated by line feeds.</summary>
    public string? CountersignDivisions { get; set; }

    /// <summary>Roles that have near matches to decide, separated by line feeds.</summary>
    public string? ConflictRoles { get; set; }

    public DateOnly? ReviewDue { get; set; }

    public DateOnly? StageDue { get; set; }

    /// <summary>From this day the review's light is yellow.</summary>
    public DateOnly? ReviewHalfWay { get; set; }

    public DateOnly? StageHalfWay { get; set; }

    /// <summary>The day on which the pause that is still open began.</summary>
    public DateOnly? ReviewPausedOn { get; set; }

    public DateOnly? StagePausedOn { get; set; }

    public DateTimeOffset? ReviewMetAt { get; set; }

    public int ExpertsAsked { get; set; }

    public int OpinionsIn { get; set; }

    public bool HadMeeting { get; set; }

    public string? Conclusion { get; set; }

    public string? DocumentNumber { get; set; }

    public string? SignerName { get; set; }

    public DateOnly? IssuedOn { get; set; }

    public string? Adoption { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? Ending { get; set; }

    public string? ArchiveNumber { get; set; }

    public string? LinkedNumber { get; set; }

    public int OpenSlips { get; set; }

    /// <summary>A copy of its own, for another unit of work.</summary>
    public MatterRow Copy() => (MatterRow)MemberwiseClone();
}

/// <summary>One command and its facts. Rows of a stream are chained: each carries the hash of the one before.</summary>
public sealed class HistoryRow : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>The matter's id, or the committee's id for what concerns no matter.</summary>
    public Guid StreamId { get; set; }

    public int Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    public string ActorId { get; set; } = "";

    public string ActorName { get; set; } = "";

    public string? OnBehalfOf { get; set; }

    /// <summary>From where: web, api, mail, timer, route, cli, with an address where known.</summary>
    public string Origin { get; set; } = "";

    public string Command { get; set; } = "";

    /// <summary>The facts as a JSON list of <c>{ "type", "data" }</c>.</summary>
    public string Facts { get; set; } = "";

    public string Before { get; set; } = "";

    public string After { get; set; } = "";

    /// <summary>SHA-256 of the matter's state after this row: an edited state shows.</summary>
    public string StateHash { get; set; } = "";

    public string PreviousHash { get; set; } = "";

    public string Hash { get; set; } = "";

    public string? IdempotencyKey { get; set; }
}

/// <summary>A question for later. Written with the state that asked for it; never cancelled.</summary>
public sealed class TimerRow : ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid MatterId { get; set; }

    public DateTimeOffset DueAt { get; set; }

    public string Command { get; set; } = "";

    public string Body { get; set; } = "";

    public DateTimeOffset? FiredAt { get; set; }

    public string? Outcome { get; set; }
}

/// <summary>An invitation as lists and loads need it; the matter's state is the truth.</summary>
public sealed class InvitationRow : ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid MatterId { get; set; }

    public Guid ExpertId { get; set; }

    public string Seat { get; set; } = "";

    public string State { get; set; } = "";

    public DateTimeOffset InvitedAt { get; set; }

    public DateOnly AnswerBy { get; set; }

    public DateOnly Due { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public DateTimeOffset? SubmittedAt { get; set; }

    /// <summary>Its newest two versions come to different conclusions.</summary>
    public bool Contradicts { get; set; }

    /// <summary>SHA-256 of the reply token; the token itself is derived when a letter is made and stands nowhere.</summary>
    public string TokenHash { get; set; } = "";

    /// <summary>A copy of its own, to be changed beside this one.</summary>
    public InvitationRow Copy() => (InvitationRow)MemberwiseClone();
}

/// <summary>A draw's evidence (CONTRACTS section 1), whole.</summary>
public sealed class DrawRow : ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid MatterId { get; set; }

    /// <summary>As it was frozen, its secret sealed (<c>DrawSecrets</c>); the transcript shows it.</summary>
    public string Input { get; set; } = "";

    public string InputHash { get; set; } = "";

    public string SecretHash { get; set; } = "";

    public string? Transcript { get; set; }

    public DateTimeOffset PreparedAt { get; set; }
}

/// <summary>The next number of a gapless series, one per code and year.</summary>
public sealed class NumberSeriesRow : ITenantOwned
{
    public Guid TenantId { get; set; }

    public string Code { get; set; } = "";

    public int Year { get; set; }

    /// <summary>The last number given.</summary>
    public int Last { get; set; }
}

/// <summary>A stored file, once per content; never edited.</summary>
public sealed class FileRow : ITenantOwned, IScanned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    /// <summary>The matter it belongs to; null for a file of the committee.</summary>
    public Guid? MatterId { get; set; }

    public string Name { get; set; } = "";

    public string MediaType { get; set; } = "";

    public string Sha256 { get; set; } = "";

    public long Size { get; set; }

    public byte[] Content { get; set; } = [];

    public DateTimeOffset StoredAt { get; set; }

    /// <summary>It brings a VBA project.</summary>
    public bool HasMacros { get; set; }

    public string Scan { get; set; } = ScanState.Waiting;

    public string? ScanFind { get; set; }

    public DateTimeOffset? ScannedAt { get; set; }

    public DateTimeOffset? NextScanAt { get; set; }
}
