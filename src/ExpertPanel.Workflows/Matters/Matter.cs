using System.Text.Json.Serialization;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;

namespace ExpertPanel.Workflows.Matters;

/// <summary>涉法事务: the whole state of one matter. Facts change it (<see cref="MatterEvent.Apply"/>); nothing else does.</summary>
public sealed record Matter
{
    public required Guid Id { get; init; }

    /// <summary>收文编号, such as <c>620000-2014-0001</c>.</summary>
    public required string Number { get; init; }

    public required string Stage { get; init; }

    public required string RouteId { get; init; }

    public required int RouteVersion { get; init; }

    public required int RulesVersion { get; init; }

    public required MatterType Type { get; init; }

    public required Submission Submission { get; init; }

    public SecrecyLevel Secrecy { get; init; }

    /// <summary>Whether its contents may travel by mail. Off for a work secret until an official decides otherwise.</summary>
    public bool MailAllowed { get; init; }

    public UrgencyLevel Urgency { get; init; }

    /// <summary>Who approved the urgency. What the sponsor calls urgent shortens no limit until somebody did.</summary>
    public Person? ExpeditedBy { get; init; }

    public MatterLink? Link { get; init; }

    public DateTimeOffset StageSince { get; init; }

    public Deadline? StageDeadline { get; init; }

    /// <summary>审查时限, from acceptance to delivery.</summary>
    public Deadline? ReviewDeadline { get; init; }

    public IReadOnlyList<WarningGiven> WarningsGiven { get; init; } = [];

    public Suspension? Suspension { get; init; }

    public ExtensionRequest? Extension { get; init; }

    public PreCheck? PreCheck { get; init; }

    public IReadOnlyList<Supplement> Supplements { get; init; } = [];

    public DateTimeOffset? AcceptedAt { get; init; }

    public Responsibility? Responsibility { get; init; }

    public IReadOnlyList<Instruction> Instructions { get; init; } = [];

    public IReadOnlyList<MatterFile> Files { get; init; } = [];

    public IReadOnlyList<SupervisionSlip> Slips { get; init; } = [];

    public Findings? Findings { get; init; }

    public IReadOnlyList<UnitConsultation> Consultations { get; init; } = [];

    public Panel? Panel { get; init; }

    /// <summary>Draws given up and panels drawn anew, the oldest first; their evidence and opinions stay on record.</summary>
    public IReadOnlyList<FormerDraw> FormerDraws { get; init; } = [];

    /// <summary>Of this panel and of all before it.</summary>
    [JsonIgnore]
    public IEnumerable<Invitation> AllInvitations => FormerDraws.Select(f => f.Panel).Append(Panel).OfType<Panel>().SelectMany(p => p.Invitations);

    /// <summary>疑似回避情形的核定, in order; a later one on the same match holds.</summary>
    public IReadOnlyList<ConflictDecision> ConflictDecisions { get; init; } = [];

    /// <summary>Near matches that a later check found.</summary>
    public IReadOnlyList<NearMatch> NearMatches { get; init; } = [];

    /// <summary>Those of them that a person still has to decide: of everybody before the draw, of the panel's own members after it.</summary>
    [JsonIgnore]
    public IEnumerable<NearMatch> WaitingNearMatches => NearMatches.Where(near =>
        !ConflictDecisions.Any(d => d.BankNumber == near.BankNumber && d.Finding == near.Finding)
        && (Panel?.Seed is null || Panel.Invitations.Any(i => i.BankNumber == near.BankNumber && (i.State == InvitationState.Seated || i.IsOpen || i.Counted is not null))));

    public Meeting? Meeting { get; init; }

    public OpinionSummary? Summary { get; init; }

    public ReviewDraft? Draft { get; init; }

    public Verification? Verification { get; init; }

    public IReadOnlyList<Countersignature> Countersignatures { get; init; } = [];

    public SignOff? SignOff { get; init; }

    public Issue? Issue { get; init; }

    public IReadOnlyList<VoidedNumber> VoidedNumbers { get; init; } = [];

    public Delivery? Delivery { get; init; }

    public AdoptionFeedback? Feedback { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public Archiving? Archive { get; init; }

    public Ending? Ending { get; init; }

    [JsonIgnore]
    public string Title => Submission.Title;

    /// <summary>What an opening command decides upon: there is no matter yet.</summary>
    public static Matter Unborn { get; } = new()
    {
        Id = Guid.Empty,
        Number = "",
        Stage = "",
        RouteId = "",
        RouteVersion = 0,
        RulesVersion = 0,
        Type = MatterType.Other,
        Submission = new("", "", [], "", "", "", "", IntakeChannel.Web, default, default, null, [], [], [], [], []),
    };

    /// <summary>The person who now handles the matter, if one does.</summary>
    public bool IsHandledBy(Actor actor) => Responsibility?.Handler.Id == actor.Id;

    public Matter Apply(IEnumerable<MatterEvent> events) => events.Aggregate(this, static (matter, fact) => fact.Apply(matter));
}

/// <summary>送审: who submitted what, when, and whom it concerns.</summary>
/// <param name="ReceivedAt">签收: when it reached the office; may lie before <paramref name="RegisteredAt"/> (补录 keeps both).</param>
/// <param name="PlannedMeetingOn">When the sponsor means to table it.</param>
/// <param name="People">Natural persons concerned, for recusal.</param>
public sealed record Submission(
    string Title, string SponsoringUnit, IReadOnlyList<string> CoSponsors, string LetterNumber, string ContactName, string ContactPhone,
    string ContactEmail, IntakeChannel Channel, DateTimeOffset ReceivedAt, DateTimeOffset RegisteredAt, DateOnly? PlannedMeetingOn,
    IReadOnlyList<string> Parties, IReadOnlyList<string> Counsel, IReadOnlyList<string> People, IReadOnlyList<string> Specialties,
    IReadOnlyList<string> Materials);

public sealed record MatterLink(string Number, LinkKind Kind);

public sealed record Suspension(DateTimeOffset From, SuspensionCause Cause, string Reason, string Until, Person By);

public sealed record ExtensionRequest(int Days, string Reason, Person By, DateTimeOffset At, bool? Approved, Person? Approver, string? Comment);

/// <summary>初审 four check points.</summary>
public sealed record PreCheck(Person By, bool WithinCompetence, bool RoutedProperly, bool FormatComplete, bool AffectedUnitsCosigned, string? Note, DateTimeOffset? RecordedAt);

public sealed record Supplement(IReadOnlyList<string> Items, DateTimeOffset AskedAt, DateOnly Due, DateTimeOffset? SuppliedAt, string? Note);

/// <summary>责任落实: leader, division, person and deadline on every matter.</summary>
public sealed record Responsibility(Person Leader, string Division, Person Handler, IReadOnlyList<Person> CoHandlers, string? Proposal, string? LeaderInstruction);

/// <summary>批示. <paramref name="OccurredOn"/> before <paramref name="EnteredAt"/> marks an instruction entered later (补录).</summary>
public sealed record Instruction(string By, string Text, DateOnly OccurredOn, DateTimeOffset EnteredAt, Person EnteredBy);

public sealed record MatterFile(Guid Id, FileKind Kind, string Name, string MediaType, long Size, string Sha256, DateTimeOffset At, Person By);

public sealed record SupervisionSlip(Guid Id, SlipColour Colour, string Duty, DateOnly ReplyBy, Person By, DateTimeOffset At, string? Reply, DateTimeOffset? RepliedAt);

public sealed record Ending(EndingKind Kind, EndingReason Reason, string Text, string? ProperBody, Person By, DateTimeOffset At, bool Deemed);

public sealed record Archiving(string Number, RetentionTerm Term, Person By, DateTimeOffset At);
